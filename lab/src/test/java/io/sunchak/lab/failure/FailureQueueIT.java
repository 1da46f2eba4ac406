package io.sunchak.lab.failure;

import static io.sunchak.lab.testing.LabStage.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sunchak.alarm.WebhookAlarm;
import io.sunchak.core.Campaign;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.lab.failure.Failure.State;
import io.sunchak.lab.node.LabNode;
import io.sunchak.lab.node.LabSettings;
import io.sunchak.lab.queue.QueuedIssue;
import io.sunchak.lab.strategy.Strategy;
import io.sunchak.lab.testing.LabStage;
import io.sunchak.lab.testing.SwitchedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** V5's failures, end to end: told to a webhook, kept, tried again, nothing lost. */
@ExtendWith(EnginesExtension.class)
final class FailureQueueIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> alarms = new CopyOnWriteArrayList<>();
  private final HttpServer webhook;
  private final WebhookAlarm alarm;
  private final SwitchedPort postgres;
  private final LabNode node;

  FailureQueueIT(EmbeddedEngines engines) throws IOException {
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/",
        exchange -> {
          alarms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    webhook.start();
    alarm =
        new WebhookAlarm(
            URI.create("http://127.0.0.1:" + webhook.getAddress().getPort()),
            Duration.ofMillis(100),
            LoopListener.NONE);
    LabSettings.Engines at = LabStage.at(engines);
    postgres = new SwitchedPort(engines.postgres().port());
    String throughSwitch =
        at.jdbcUrl().replace(":" + engines.postgres().port() + "/", ":" + postgres.port() + "/");
    LabSettings settings = LabStage.settings(engines, Strategy.V5);
    node =
        LabNode.start(
            new LabSettings(
                Strategy.V5,
                settings.stack(),
                settings.drain(),
                settings.interval(),
                LabSettings.retry(Duration.ofMillis(250)),
                settings.keys(),
                new LabSettings.Engines(
                    at.redisUri(), throughSwitch, at.postgresUser(), at.postgresPassword()),
                alarm));
  }

  @AfterEach
  void stop() {
    node.close();
    alarm.close();
    postgres.close();
    webhook.stop(0);
  }

  @Test
  void while_the_ledger_is_away_issues_are_told_and_kept_and_issued_once_it_is_back() {
    Campaign campaign = Campaigns.open(20);
    get(node.admin().create(campaign));
    issue(campaign, "before");
    await().atMost(PATIENCE).until(() -> issued(campaign).size() == 1);

    postgres.off();
    List<String> users = List.of("a", "b", "c", "d", "e");
    users.forEach(user -> issue(campaign, user));
    await().atMost(PATIENCE).until(() -> failures().size() == users.size());
    assertThat(failures()).extracting(Failure::state).containsOnly(State.RETRYING);
    await().atMost(PATIENCE).until(() -> !alarms.isEmpty());
    assertThat(alarms.getFirst()).startsWith("{\"text\":\"A coupon was not issued (RETRYING)");

    postgres.on();
    await().atMost(PATIENCE).until(() -> failures().isEmpty());
    assertThat(issued(campaign)).containsExactly("before", "a", "b", "c", "d", "e");
    assertThat(get(node.queue().all().collectList())).isEmpty();
  }

  @Test
  void a_poisoned_entry_is_told_and_kept_for_a_person_and_holds_up_nobody() {
    Campaign campaign = Campaigns.open(20);
    get(node.admin().create(campaign));
    node.queue().add("{poison").block(PATIENCE);
    issue(campaign, "behind");

    await().atMost(PATIENCE).until(() -> issued(campaign).contains("behind"));
    await().atMost(PATIENCE).until(() -> failures().size() == 1);
    Failure kept = failures().getFirst();
    assertThat(kept.entry()).isEqualTo("{poison");
    assertThat(kept.state()).isEqualTo(State.KEPT);
    assertThat(kept.reason()).contains("not JSON");
    await().atMost(PATIENCE).until(() -> !alarms.isEmpty());
    assertThat(alarms.getFirst()).contains("(KEPT)", "not JSON");
  }

  @Test
  void an_issue_of_a_missing_campaign_is_kept_until_a_person_replays_it() {
    Campaign campaign = Campaigns.open(20);
    QueuedIssue early = new QueuedIssue(campaign.id(), "early", 1, Instant.now());
    node.queue().add(early.json()).block(PATIENCE);
    await().atMost(PATIENCE).until(() -> failures().size() == 1);
    assertThat(failures().getFirst().state()).isEqualTo(State.KEPT);

    get(node.admin().create(campaign));
    node.failures().replay(failures().getFirst()).block(PATIENCE);
    assertThat(issued(campaign)).containsExactly("early");
    assertThat(failures()).isEmpty();
  }

  private void issue(Campaign campaign, String user) {
    IssueRequest request = new IssueRequest(campaign.id(), new UserId(user));
    assertThat(get(node.issuer().issue(request))).isInstanceOf(Accepted.class);
  }

  private List<Failure> failures() {
    return get(node.failures().all().collectList());
  }

  private List<String> issued(Campaign campaign) {
    return get(node.ledger().page(campaign.id(), 0, 100)).stream().map(Coupon::user).toList();
  }
}
