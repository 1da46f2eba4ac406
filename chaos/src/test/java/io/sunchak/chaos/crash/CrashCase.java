package io.sunchak.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.chaos.verdict.Bystander;
import io.sunchak.chaos.verdict.CycleJudge;
import io.sunchak.chaos.verdict.Kept;
import io.sunchak.core.CampaignId;
import io.sunchak.load.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A small drop in which the server dies at one moment of one step, and is started again. */
final class CrashCase implements AutoCloseable {
  /** Fewer than come where nobody is refused by the ledger, so that the end is told, too. */
  private static final long STOCK = 8;

  private static final int MORE = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final String CANNOT_BE_STORED = "22023";
  private static final String NOT_NOW = "53100";

  private final Station station;
  private final Step step;
  private final Moment moment;
  private final CampaignId campaign;
  private final Users users;
  private final Bystander bystander;

  CrashCase(Station station, Step step, Moment moment) throws Exception {
    this.station = station;
    this.step = step;
    this.moment = moment;
    this.campaign =
        new CampaignId(
            (step.name() + "-" + moment.name()).toLowerCase(Locale.ROOT).replace('_', '-'));
    this.users = new Users(station, campaign);
    this.bystander = new Bystander(station.engines(), campaign);
  }

  /** Throws where the step is not reached, or a promise is not kept. */
  void run() throws Exception {
    open();
    come("early", Drill.DRAINED).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertDrained();
    CompletableFuture<Void> coming =
        switch (step.drill()) {
          case ISSUE -> issue();
          case REFUSE -> refuse();
          case RESYNC -> resync();
          case RECONCILE -> reconcile();
          case REPLAY -> replay();
        };
    station.killServer();
    station.refuseNobody();
    station.startServer();
    coming.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    recover();
    judge();
  }

  private void open() {
    String body =
        """
        {"id":"%s","name":"crash","totalStock":%d,"opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}\
        """
            .formatted(campaign, STOCK);
    ask("POST", "campaigns", body, answer -> answer.status() == 201);
  }

  private CompletableFuture<Void> issue() throws Exception {
    CompletableFuture<Void> reached = arm();
    CompletableFuture<Void> coming = come("late", MORE);
    await(reached);
    return coming;
  }

  private CompletableFuture<Void> refuse() throws Exception {
    station.refuse(campaign, "bad%", CANNOT_BE_STORED);
    CompletableFuture<Void> reached = arm();
    CompletableFuture<Void> coming = come("bad", 2);
    await(reached);
    return coming;
  }

  /** The ledger takes nothing, so that the resync has claims to settle. */
  private CompletableFuture<Void> resync() throws Exception {
    station.refuse(campaign, "%", NOT_NOW);
    come("late", 3).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    CompletableFuture<Void> reached = arm();
    station.loseFacts(campaign);
    station.refuseNobody();
    CompletableFuture<Void> coming = come("last", 3);
    await(reached);
    return coming;
  }

  private CompletableFuture<Void> reconcile() throws Exception {
    CompletableFuture<Void> reached = arm();
    ask("POST", "reconciliations", ofCampaign(), answer -> answer.status() == 202);
    await(reached);
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> replay() throws Exception {
    station.refuse(campaign, "bad%", CANNOT_BE_STORED);
    come("bad", 3).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertDrained();
    station.refuseNobody();
    CompletableFuture<Void> reached = arm();
    CompletableFuture<Answer> asked =
        CompletableFuture.supplyAsync(() -> station.ask("POST", "failures/replay", ofCampaign()));
    await(reached);
    return asked.thenAccept(answer -> assertThat(answer.status()).isZero());
  }

  private String ofCampaign() {
    return step.drill() == Drill.REPLAY || step.drill() == Drill.REFUSE
        ? "{\"campaignId\":\"%s\",\"limit\":100,\"dryRun\":false}".formatted(campaign)
        : "{\"campaignId\":\"%s\"}".formatted(campaign);
  }

  private CompletableFuture<Void> come(String kind, int count) {
    return users.come(kind, count);
  }

  private CompletableFuture<Void> arm() {
    return station.trap().arm(step, moment, campaign);
  }

  private void await(CompletableFuture<Void> reached) throws Exception {
    try {
      reached.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException never) {
      throw new AssertionError("the server never came to '%s'".formatted(step), never);
    }
  }

  /** What an administrator does after the server's death: the same again. */
  private void recover() throws Exception {
    switch (step.drill()) {
      case ISSUE, RESYNC -> {}
      case REFUSE, REPLAY -> {
        assertDrained();
        ask("POST", "failures/replay", ofCampaign(), answer -> answer.status() == 200);
      }
      case RECONCILE -> {
        Answer begun =
            ask("POST", "reconciliations", ofCampaign(), answer -> answer.status() == 202);
        String run = begun.body().replaceAll(".*\"runId\":\"([^\"]+)\".*", "$1");
        ask("GET", "reconciliations/" + run, null, answer -> answer.body().contains("AGREES"));
      }
    }
  }

  private void judge() throws Exception {
    users.askAgain().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertDrained();
    Kept kept = bystander.read();
    assertThat(CycleJudge.judge(users.history(), List.of(), kept, STOCK).violations()).isEmpty();
    assertThat(users.unclean()).isEmpty();
    ask("POST", "campaigns/" + campaign + "/close", null, answer -> answer.status() == 200);
  }

  private void assertDrained() throws Exception {
    assertThat(bystander.awaitDrained(PATIENCE)).as("drained").isTrue();
  }

  private Answer ask(String method, String path, @Nullable String body, Predicate<Answer> wanted) {
    return Awaitility.await(method + " " + path)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(PAUSE)
        .until(() -> station.ask(method, path, body), wanted);
  }

  @Override
  public void close() throws SQLException {
    users.close();
    bystander.close();
  }
}
