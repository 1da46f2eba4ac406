package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.XAddArgs;
import io.sunchak.admission.script.CampaignKeys;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.core.Campaign;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Reservation;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys of a served campaign are deleted or put back to an older copy, with and without reservations
 * that the ledger does not have yet. Both nodes answer REBUILDING, never SOLD_OUT, until a resync
 * has brought everything back that Redis or a node still knew.
 */
@ExtendWith(EnginesExtension.class)
final class LostKeysIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int GIVEN = 20;
  @AutoClose private static TestRedis redis;
  @AutoClose private static RedisStage stage;

  private final Campaign campaign = Campaigns.open(GIVEN + 5);
  private final CampaignKeys keys = CampaignKeys.of(campaign.id());

  @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    redis = new TestRedis(engines.redisUri(), engines.redisServerUri());
    stage = new RedisStage(2, RedisNode.Settings.of(engines.redisServerUri()));
  }

  @BeforeEach
  void serve() {
    checker.stage().create(campaign);
  }

  @AfterEach
  void drainAgain() {
    stage.ledger().reach().interfere(Interference.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "meta, false",
    "issued, false",
    "log, false",
    "meta issued log, false",
    "meta, true",
    "issued, true",
    "log, true",
    "meta issued, true",
    "meta log, true"
  })
  void deleted_keys_are_rebuilt_from_what_the_ledger_and_the_nodes_know(
      String deleted, boolean backlog) {
    issueTo("user-", backlog);
    redis.root().del(named(deleted));
    stage.ledger().reach().interfere(Interference.NONE);
    servesHoldersAgain("user-");
    assertThat(stage.ledger().drift(campaign.id()))
        .filteredOn(drift -> drift.kind() != Drift.Kind.SILENT)
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "meta issued log, false", "meta issued, false", "meta, false", "issued, false", "log, false",
    "meta issued log, true", "meta issued, true", "meta, true", "issued, true", "log, true"
  })
  void an_older_copy_of_keys_is_brought_up_to_date(String rolledBack, boolean backlog) {
    issueTo("user-", backlog);
    Map<String, byte[]> older = dump(named(rolledBack));
    assertThat(issue(0, "later")).isInstanceOf(Accepted.class);
    restore(named(rolledBack), older);
    stage.ledger().reach().interfere(Interference.NONE);
    servesHoldersAgain("user-");
    assertThat(retried(1, "later")).isEqualTo(new AlreadyIssued(GIVEN + 1L));
  }

  /** Then only the two nodes know, each the half that it had promised. */
  @ParameterizedTest
  @ValueSource(strings = {"issued log", "meta issued log"})
  void of_a_backlog_that_redis_lost_whole_both_nodes_promises_stand(String deleted) {
    issueTo("user-", true);
    redis.root().del(named(deleted));
    stage.ledger().reach().interfere(Interference.NONE);
    for (int i = 0; i < GIVEN; i++) {
      assertThat(retried(i % 2, "user-" + i)).isEqualTo(new AlreadyIssued(i + 1));
    }
    assertThat(stage.ledger().drift(campaign.id()))
        .filteredOn(drift -> drift.kind() != Drift.Kind.SILENT)
        .isEmpty();
  }

  /** The one loss that is not covered: Redis lost it, and so did the node that had promised it. */
  @Test
  void what_neither_redis_nor_ledger_nor_any_node_knows_is_lost_and_its_number_given_again() {
    issueTo("user-", false);
    checker.stage().drained(campaign.id());
    Map<String, byte[]> older = dump(keys.all());
    holdTheDrain();
    issue(0, "lost");
    stage.restartNodes(() -> restore(keys.all(), older));
    stage.ledger().reach().interfere(Interference.NONE);
    checker.excuse(campaign.id(), List.of("lost"));
    servesHoldersAgain("user-");
    assertThat(retried(0, "newcomer")).isEqualTo(new AlreadyIssued(GIVEN + 1L));
  }

  /** What is lost in the middle becomes a void number, listed for the operator. */
  @Test
  void a_lost_promise_below_a_known_one_is_listed_as_void() {
    holdTheDrain();
    issue(0, "known-1");
    issue(0, "lost");
    issue(0, "known-3");
    stage.restartNodes(() -> {
      redis.root().hdel(keys.issued(), "lost");
      redis.root().xdel(keys.log(), "1-2");
    });
    checker.excuse(campaign.id(), List.of("lost"));
    stage.ledger().reach().interfere(Interference.NONE);
    assertThat(retried(0, "known-3")).isEqualTo(new AlreadyIssued(3));
    assertThat(stage.ledger().drift(campaign.id()))
        .filteredOn(drift -> drift.kind() != Drift.Kind.SILENT)
        .containsExactly(new Drift("void 2", 0, 2, Drift.Kind.VOIDED));
  }

  /** As nodes left it that logged each reservation as an entry of its own. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keys_of_an_older_form_are_taken_over(boolean backlog) {
    issueTo("user-", backlog);
    stage.restartNodes(this::writeOlderForm);
    stage.ledger().reach().interfere(Interference.NONE);
    servesHoldersAgain("user-");
    assertThat(redis.root().hget(keys.meta(), "ledger")).endsWith("/2");
    assertThat(stage.ledger().drift(campaign.id()))
        .filteredOn(drift -> drift.kind() != Drift.Kind.SILENT)
        .isEmpty();
  }

  private void writeOlderForm() {
    List<Reservation> logged = new ArrayList<>();
    stage.keyspace().forEachLogged(campaign.id(), logged::addAll);
    redis.root().del(keys.log());
    for (Reservation one : logged) {
      XAddArgs id = new XAddArgs().id(one.epoch() + "-" + one.sequence());
      String at = Long.toString(one.acceptedAt().toEpochMilli());
      redis.root().xadd(keys.log(), id, "u", one.user(), "t", at);
    }
    String mark = redis.root().hget(keys.meta(), "ledger");
    redis.root().hset(keys.meta(), "ledger", mark.substring(0, mark.indexOf('/')));
    redis.root().hdel(keys.meta(), "drained");
  }

  private void issueTo(String prefix, boolean backlog) {
    if (backlog) {
      holdTheDrain();
    }
    for (int i = 0; i < GIVEN; i++) {
      assertThat(issue(i % 2, prefix + i)).isInstanceOf(Accepted.class);
    }
    if (!backlog) {
      checker.stage().drained(campaign.id());
    }
  }

  private static void holdTheDrain() {
    stage
        .ledger()
        .reach()
        .interfere(step -> {
          if (step.call().equals("append") && !step.done()) {
            throw new LedgerException("held back by the test", null);
          }
        });
  }

  /**
   * Every holder finds the first number again, on both nodes, and the rest of the stock is left.
   */
  private void servesHoldersAgain(String prefix) {
    for (int i = 0; i < GIVEN; i++) {
      assertThat(retried(0, prefix + i)).isEqualTo(new AlreadyIssued(i + 1));
      assertThat(retried(1, prefix + i)).isEqualTo(new AlreadyIssued(i + 1));
    }
    assertThat(retried(0, "newcomer")).isInstanceOf(Accepted.class);
  }

  /** Tries until it is decided; until then it must be said that Redis is being rebuilt. */
  private IssueOutcome retried(int node, String user) {
    return await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> issue(node, user),
            outcome -> {
              if (outcome instanceof Unavailable undecided) {
                assertThat(undecided.reason()).isIn(Reason.REBUILDING, Reason.REDIS_DOWN);
              }
              return !(outcome instanceof Unavailable);
            });
  }

  private IssueOutcome issue(int node, String user) {
    CouponIssuer issuer = checker.recording(stage.nodes().get(node).issuer());
    return issuer
        .issue(new IssueRequest(campaign.id(), new UserId(user)))
        .toCompletableFuture()
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private String[] named(String names) {
    String slot = keys.meta().substring(0, keys.meta().length() - "meta".length());
    return Arrays.stream(names.split(" ", -1)).map(name -> slot + name).toArray(String[]::new);
  }

  private static Map<String, byte[]> dump(String... keys) {
    Map<String, byte[]> copies = new HashMap<>();
    for (String key : keys) {
      byte[] copy = redis.root().dump(key);
      if (copy != null) {
        copies.put(key, copy);
      }
    }
    return copies;
  }

  /** As a Redis does that comes back with an older copy: all at once. */
  private static void restore(String[] keys, Map<String, byte[]> copies) {
    redis.root().multi();
    redis.root().del(keys);
    copies.forEach((key, copy) -> redis.root().restore(key, 0, copy));
    redis.root().exec();
  }
}
