package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.sunchak.admission.script.CampaignKeys;
import io.sunchak.admission.testing.RedisProcess;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.core.Campaign;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueOutcome.Unknown;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Redis itself can answer instead of the script's word. */
@ExtendWith(EnginesExtension.class)
final class RedisTroubleIT {
  private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(3);
  private static final Duration RECOVERY = Duration.ofSeconds(30);
  @AutoClose private static RedisProcess process;
  @AutoClose private static TestRedis redis;
  @AutoClose private static RedisStage stage;

  private final Campaign campaign = Campaigns.open(1_000);

  @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    process = new RedisProcess(engines);
    redis = new TestRedis(process.uri(), process.uri());
    stage = new RedisStage(1, RedisNode.Settings.of(process.uri()).limit(SCRIPT_LIMIT));
  }

  @BeforeEach
  void serve() {
    checker.stage().create(campaign);
    assertThat(ask("first")).isInstanceOf(Accepted.class);
  }

  @AfterEach
  void servesAgain() {
    assertThat(retried("first")).isEqualTo(new AlreadyIssued(1));
    assertThat(retried("last")).isInstanceOf(Accepted.class);
  }

  @Test
  void forgotten_scripts_are_sent_again_and_nobody_notices() {
    for (int i = 0; i < 5; i++) {
      root().scriptFlush();
      assertThat(ask("user-" + i)).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void a_foreign_script_that_does_not_end_means_overloaded() {
    root().configSet("busy-reply-threshold", "50");
    RedisFuture<String> endless = redis.server().eval("while true do end", ScriptOutputType.STATUS);
    try {
      await().atMost(RECOVERY).until(RedisTroubleIT::isBusy);
      assertThat(ask("early")).isEqualTo(new Unavailable(Reason.OVERLOADED));
    } finally {
      root().scriptKill();
    }
    await().atMost(RECOVERY).until(endless::isDone);
    assertHadNoEffect("early");
    assertThat(retried("early")).isInstanceOf(Accepted.class);
  }

  private static boolean isBusy() {
    try {
      root().ping();
      return false;
    } catch (RedisBusyException busy) {
      return true;
    }
  }

  @Test
  void without_memory_nothing_is_written() {
    root().configSet("maxmemory", "1");
    assertThat(ask("early")).isEqualTo(new Unavailable(Reason.REDIS_DOWN));
    assertThat(ask("first")).isEqualTo(new AlreadyIssued(1));
    assertHadNoEffect("early");
    root().configSet("maxmemory", "0");
    assertThat(ask("early")).isInstanceOf(Accepted.class);
  }

  @Test
  void a_primary_that_became_a_replica_serves_nobody() {
    int opened = stage.node().heard().opened(campaign.id());
    root().replicaof("127.0.0.1", 1);
    assertThat(ask("early")).isEqualTo(new Unavailable(Reason.REDIS_DOWN));
    assertHadNoEffect("early");
    await()
        .atMost(RECOVERY)
        .untilAsserted(() ->
            assertThat(stage.node().heard().unsafe())
                .anyMatch(unsafe -> unsafe.contains("replica")));
    assertThat(ask("early")).isEqualTo(new Unavailable(Reason.REDIS_DOWN));
    assertThat(stage.node().heard().opened(campaign.id())).isEqualTo(opened);
    root().replicaofNoOne();
  }

  @Test
  void a_stopped_redis_makes_it_unknown_within_the_limit_and_a_retry_tells() {
    process.signal("STOP");
    long sent = System.nanoTime();
    IssueOutcome outcome = ask("unlucky");
    process.signal("CONT");
    assertThat(outcome).isEqualTo(new Unknown());
    assertThat(System.nanoTime() - sent)
        .isBetween(SCRIPT_LIMIT.toNanos() / 2, SCRIPT_LIMIT.plus(RECOVERY).toNanos());
    assertThat(retried("unlucky")).isInstanceOf(IssueOutcome.Held.class);
  }

  @Test
  void a_number_that_cannot_be_read_is_unknown_and_does_not_stop_the_others() {
    ask("second");
    root().hset(keys().issued(), "first", "no number");
    assertThat(ask("first")).isEqualTo(new Unknown());
    assertThat(retried("other")).isInstanceOf(Accepted.class);
    root().hset(keys().issued(), "first", "1");
  }

  @Test
  void a_promise_whose_number_was_damaged_is_found_in_the_log_or_the_ledger() {
    root().hset(keys().issued(), "first", "damaged");
    assertThat(retried("first")).isEqualTo(new AlreadyIssued(1));
  }

  private void assertHadNoEffect(String user) {
    assertThat(root().hgetall(keys().issued())).containsOnlyKeys("first").doesNotContainKey(user);
    assertThat(root().hget(keys().meta(), "seq")).isEqualTo("1");
  }

  private IssueOutcome retried(String user) {
    return await()
        .atMost(RECOVERY)
        .pollDelay(Duration.ZERO)
        .until(
            () -> ask(user),
            outcome -> !(outcome instanceof Unknown || outcome instanceof Unavailable));
  }

  private IssueOutcome ask(String user) {
    return checker
        .recording()
        .issue(new IssueRequest(campaign.id(), new UserId(user)))
        .toCompletableFuture()
        .orTimeout(RECOVERY.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private CampaignKeys keys() {
    return CampaignKeys.of(campaign.id());
  }

  private static RedisCommands<String, String> root() {
    return redis.root();
  }
}
