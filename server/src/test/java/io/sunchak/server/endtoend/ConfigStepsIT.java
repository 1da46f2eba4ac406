package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.log.RedisCampaignKeyspace;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Stock;
import io.sunchak.core.UserId;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.ledger.audit.JdbcAuditLedger;
import io.sunchak.ledger.campaigns.JdbcCampaignLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.server.campaigns.AuditedCampaigns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A change of a config on real engines, one of which stops or dies between two of its steps, or the
 * node that makes it: what {@code ConfigMomentsTest} goes through whole, where it matters most. On
 * engines of its own, for they are killed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigStepsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
  private final EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
  private final IssuingNode node = IssuingNode.start(engines);
  private final BothSides sides = BothSides.of(engines);
  private final LedgerDatabase database =
      LedgerDatabase.open(
          engines.jdbcUrl(), engines.postgresOwner().user(), engines.postgresOwner().password());
  private final AuditLedger audits = new JdbcAuditLedger(database);
  private final RedisLink link =
      new RedisLink(engines.redisServerUri(), "operator", LIMIT, LoopListener.NONE);
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final Map<String, Runnable> after = new ConcurrentHashMap<>();
  private final ConfigChange changes = changes();
  private Campaign campaign = Campaigns.open(5);

  /** What ends a process between two lines. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private ConfigChange changes() {
    CampaignLedger campaigns = new JdbcCampaignLedger(database);
    return new ConfigChange(
        new ConfigChange.Ports(
            stepped(CampaignLedger.class, new AuditedCampaigns(campaigns, audits, "kim")),
            stepped(CampaignLedger.class, new AuditedCampaigns(campaigns, audits, "sunchak")),
            stepped(CampaignKeyspace.class, new RedisCampaignKeyspace(link)),
            node.checks()));
  }

  /** The real port, into whose calls something comes once: before one of that name, or after it. */
  private <T> T stepped(Class<T> port, T real) {
    Object stepped =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              once(before, method.getName());
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              } finally {
                once(after, method.getName());
              }
            });
    return port.cast(stepped);
  }

  private static void once(Map<String, Runnable> steps, String call) {
    Runnable step = steps.remove(call);
    if (step != null) {
      step.run();
    }
  }

  @AfterAll
  void stop() {
    link.close();
    database.close();
    sides.close();
    node.close();
    engines.close();
    data.close();
  }

  @BeforeEach
  void open_with_two_of_five_given() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(RuntimeException.class)
        .until(
            () -> link.connectionNumber().isPresent() && sides.campaigns().page(null, 1) != null);
    campaign = Campaigns.open(5);
    sides.create(campaign);
    node.serve(List.of(campaign.id()));
    accept("a");
    accept("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOWERED", "PAUSED", "CLOSED"})
  void redis_stops_before_it_is_told(String what) {
    before.put("configure", () -> signal("STOP", engines.redis().pid()));
    ConfigChange.Result told;
    try {
      told = changes.change(1, narrowed(what));
    } finally {
      signal("CONT", engines.redis().pid());
    }
    assertThat(told).isEqualTo(new ConfigChange.Unknown());
    assertUndone();
  }

  @ParameterizedTest
  @CsvSource({"LOWERED, facts", "PAUSED, facts", "CLOSED, facts"})
  void redis_stops_before_it_is_asked(String what, String call) {
    before.put(call, () -> signal("STOP", engines.redis().pid()));
    ConfigChange.Result told;
    try {
      told = changes.change(1, narrowed(what));
    } finally {
      signal("CONT", engines.redis().pid());
    }
    assertThat(told).isEqualTo(new ConfigChange.RedisAway());
    assertThat(stored()).isEqualTo(campaign);
    assertThat(acts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOWERED", "PAUSED", "CLOSED"})
  void redis_dies_before_it_is_told(String what) {
    before.put("configure", () -> kill(engines.redis().pid()));
    assertThat(changes.change(1, narrowed(what))).isEqualTo(new ConfigChange.Unknown());
    assertUndone();
  }

  /** The guard stays the wider one, and the change is in force all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"LOWERED", "PAUSED", "CLOSED"})
  void the_ledger_dies_when_redis_has_it(String what) {
    after.put("configure", () -> kill(engines.postgres().pid()));
    Campaign narrowed = narrowed(what);
    assertThat(changes.change(1, narrowed))
        .isEqualTo(new ConfigChange.Changed(narrowed.withVersion(2)));
    assertInForce(narrowed);
  }

  /** Nobody can undo it, so it is made whole: the audit names who wanted it. */
  @ParameterizedTest
  @ValueSource(strings = {"LOWERED", "PAUSED", "CLOSED"})
  void the_ledger_dies_before_redis_is_told(String what) {
    after.put("change", () -> kill(engines.postgres().pid()));
    Campaign narrowed = narrowed(what);
    assertThat(changes.change(1, narrowed)).isEqualTo(new ConfigChange.Unknown());
    assertInForce(narrowed);
    assertThat(acts()).singleElement().asString().startsWith("kim ");
  }

  @ParameterizedTest
  @CsvSource({"LOWERED, head", "LOWERED, settle", "PAUSED, head", "PAUSED, settle", "CLOSED, head"})
  void the_node_dies_and_another_ones_serving_loop_makes_it_whole(String what, String call) {
    before.put(
        call,
        () -> {
          throw new Killed();
        });
    Campaign narrowed = narrowed(what);
    try {
      changes.change(1, narrowed);
      throw new AssertionError("it lived on");
    } catch (Killed died) {
      node.checks().checkNow(campaign.id(), null);
    }
    assertInForce(narrowed);
  }

  /** The case of the issue: lowered to what is given by then, at once and not step by step. */
  @Test
  void users_come_between_and_the_stock_becomes_what_was_given() {
    after.put("change", () -> List.of("c", "d").forEach(this::accept));
    ConfigChange.Result told = changes.change(1, campaign.withStock(Stock.of(3)));
    Campaign four = campaign.withStock(Stock.of(4));
    assertThat(told).isEqualTo(new ConfigChange.Changed(four.withVersion(3)));
    assertThat(issue("e")).isEqualTo(new IssueOutcome.SoldOut());
    assertThat(acts())
        .containsExactly(
            "kim CAMPAIGN_CHANGED totalStock 5 → 3", "sunchak CAMPAIGN_CHANGED totalStock 3 → 4");
    assertThat(sides.drained(campaign.id()).rows()).hasSize(4);
    assertThat(stored()).isEqualTo(four.withVersion(3));
  }

  /** The same, when the node dies before Redis is told: the serving loop's first look ends it. */
  @Test
  void users_come_between_and_the_node_dies() {
    before.put(
        "head",
        () -> {
          List.of("c", "d").forEach(this::accept);
          throw new Killed();
        });
    try {
      changes.change(1, campaign.withStock(Stock.of(3)));
      throw new AssertionError("it lived on");
    } catch (Killed died) {
      node.checks().checkNow(campaign.id(), null);
    }
    await().atMost(PATIENCE).until(() -> stored().version() == 3);
    assertThat(stored()).isEqualTo(campaign.withStock(Stock.of(4)).withVersion(3));
    assertThat(issue("e")).isEqualTo(new IssueOutcome.SoldOut());
    assertThat(acts())
        .containsExactly(
            "kim CAMPAIGN_CHANGED totalStock 5 → 3", "sunchak CAMPAIGN_CHANGED totalStock 3 → 4");
  }

  @Test
  void a_raise_waits_for_redis_in_the_ledger() {
    before.put("configure", () -> kill(engines.redis().pid()));
    Campaign more = campaign.withStock(Stock.of(6));
    assertThat(changes.change(1, more)).isEqualTo(new ConfigChange.Pending(more.withVersion(2)));
    for (String user : List.of("c", "d", "e", "f")) {
      await().atMost(PATIENCE).until(() -> issue(user) instanceof IssueOutcome.Held);
    }
    assertThat(issue("g")).isEqualTo(new IssueOutcome.SoldOut());
    assertThat(sides.drained(campaign.id()).rows()).hasSize(6);
  }

  private Campaign narrowed(String what) {
    return switch (what) {
      case "LOWERED" -> campaign.withStock(Stock.of(2));
      default -> campaign.withState(CampaignState.valueOf(what));
    };
  }

  private void assertUndone() {
    await().atMost(PATIENCE).until(() -> agreed(campaign));
    await().atMost(PATIENCE).until(() -> issue("later") instanceof IssueOutcome.Held);
    assertThat(stored()).isEqualTo(campaign.withVersion(3));
    assertThat(acts()).hasSize(2);
    assertThat(acts().getFirst()).startsWith("kim ");
    assertThat(acts().getLast()).startsWith("sunchak ");
  }

  private void assertInForce(Campaign narrowed) {
    await().atMost(PATIENCE).until(() -> agreed(narrowed));
    await().atMost(PATIENCE).until(() -> issue("later") instanceof IssueOutcome.Refused);
    await().atMost(PATIENCE).until(() -> sides.disagreements(campaign.id()), List::isEmpty);
    assertThat(stored()).isEqualTo(narrowed.withVersion(2));
  }

  private boolean agreed(Campaign config) {
    try {
      Campaign now = stored();
      return now.equals(config.withVersion(now.version()))
          && sides.keyspace().facts(campaign.id()).orElseThrow().version() == now.version();
    } catch (RuntimeException away) {
      return false;
    }
  }

  private Campaign stored() {
    return sides.campaigns().find(campaign.id()).orElseThrow();
  }

  /** Oldest first, without how it was described. */
  private List<String> acts() {
    List<String> acts = new ArrayList<>();
    audits
        .page(campaign.id(), Long.MAX_VALUE, 100)
        .forEach(entry ->
            acts.addFirst(
                entry.act().actor() + " " + entry.act().action() + " " + entry.act().detail()));
    return acts;
  }

  private void accept(String user) {
    assertThat(issue(user)).isInstanceOf(IssueOutcome.Accepted.class);
  }

  private IssueOutcome issue(String user) {
    return node.issuer()
        .issue(new IssueRequest(campaign.id(), new UserId(user)))
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid)
        .ifPresent(process -> {
          process.destroyForcibly();
          process.onExit().join();
        });
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
