package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.KillArgs;
import io.sunchak.admission.script.CampaignKeys;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.core.Campaign;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueOutcome.Unknown;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Stock;
import io.sunchak.core.UserId;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.embedded.testing.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a network between the issuer and Redis can do: whatever was perhaps written is unknown, what
 * was not written had no effect, nothing is written twice, and a retry tells.
 */
@ExtendWith(EnginesExtension.class)
final class AtMostOnceIT {
  private static final Duration LIMIT = Duration.ofMillis(1_500);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int QUEUE = 10;
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  @AutoClose private static FaultProxy proxy;
  @AutoClose private static RedisStage stage;
  @AutoClose private static TestRedis redis;

  private final Campaign campaign = Campaigns.in(Campaigns.OPEN, Stock.unlimited());

  @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    proxy = new FaultProxy(engines.redis().port());
    redis = new TestRedis(engines.redisUri(), engines.redisServerUri());
    String direct = engines.redisServerUri();
    String through = direct.replace(":" + engines.redis().port(), ":" + proxy.port());
    stage =
        new RedisStage(
            1,
            RedisNode.Settings.of(direct)
                .scriptsThrough(through)
                .limit(LIMIT)
                .bounds(QUEUE, PATIENCE));
  }

  @BeforeEach
  void serve() {
    checker.stage().create(campaign);
    assertThat(ask("first")).isInstanceOf(Accepted.class);
  }

  @AfterEach
  void heal() {
    proxy.up();
    stage.ledger().reach().away(false);
    assertThat(retried("first")).isEqualTo(new AlreadyIssued(1));
  }

  @Test
  void a_lost_reply_is_unknown_and_the_retry_finds_its_sequence() {
    proxy.dropReplies();
    assertThat(ask("unlucky")).isEqualTo(new Unknown());
    assertThat(redis.root().hget(keys().issued(), "unlucky")).isEqualTo("2");
    assertThat(retried("unlucky")).isEqualTo(new AlreadyIssued(2));
  }

  @Test
  void what_has_no_answer_is_not_written_again_on_the_next_connection() {
    String unlucky = "unlucky-" + campaign.id();
    int opened = stage.node().heard().opened(campaign.id());
    proxy.dropReplies();
    assertThat(ask(unlucky)).isEqualTo(new Unknown());
    awaitOpened(opened + 1);
    assertThat(ask("next")).extracting("sequence").isEqualTo(3L);
    // As the last word of a call, before the next call begins: as the witness it comes earlier.
    assertThat(proxy.written(unlucky + "\r\n*")).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30, 150})
  void a_request_cut_in_two_is_unknown_and_never_happened(int bytes) {
    proxy.cutRequestAfter(bytes);
    assertThat(ask("unlucky")).isEqualTo(new Unknown());
    assertThat(redis.root().hexists(keys().issued(), "unlucky")).isFalse();
    assertThat(retried("unlucky")).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20})
  void a_reply_cut_in_two_is_unknown_and_the_retry_finds_its_sequence(int bytes) {
    proxy.cutReplyAfter(bytes);
    assertThat(ask("unlucky")).isEqualTo(new Unknown());
    assertThat(retried("unlucky")).isEqualTo(new AlreadyIssued(2));
  }

  @Test
  void without_a_connection_nothing_is_written_and_nothing_had_an_effect() {
    proxy.down();
    await().atMost(RECOVERY).until(() -> !stage.node().issuer().connected());
    assertThat(ask("early")).isEqualTo(new Unavailable(Reason.REDIS_DOWN));
    assertThat(proxy.written("early")).isZero();
    assertThat(redis.root().hexists(keys().issued(), "early")).isFalse();
  }

  /** As TCP would keep it for a quarter of an hour. */
  @Test
  void a_connection_that_went_silent_is_given_up_for_another() {
    proxy.silence();
    assertThat(ask("unlucky")).isEqualTo(new Unknown());
    assertThat(redis.root().hexists(keys().issued(), "unlucky")).isFalse();
    assertThat(retried("unlucky")).isInstanceOf(Accepted.class);
  }

  @Test
  void while_redis_is_slow_a_bounded_number_waits_a_bounded_time() {
    FaultProxy.Hold hold = proxy.hold();
    // Each in a group of its own, and no more groups may be in flight.
    List<CompletableFuture<IssueOutcome>> inFlight = List.of(send("sent"), send("sent-too"));
    List<CompletableFuture<IssueOutcome>> queued =
        IntStream.range(0, QUEUE).mapToObj(i -> send("queued-" + i)).toList();
    assertThat(send("one-too-many")).isCompletedWithValue(new Unavailable(Reason.OVERLOADED));
    assertThat(queued)
        .allSatisfy(
            waiting -> assertThat(answer(waiting)).isEqualTo(new Unavailable(Reason.OVERLOADED)));
    assertThat(inFlight).allSatisfy(sent -> assertThat(answer(sent)).isEqualTo(new Unknown()));
    hold.release();
    assertThat(retried("sent")).isInstanceOf(IssueOutcome.Held.class);
    assertThat(retried("sent-too")).isInstanceOf(IssueOutcome.Held.class);
    assertThat(redis.root().hkeys(keys().issued()))
        .containsExactlyInAnyOrder("first", "sent", "sent-too");
  }

  @Test
  void a_new_connection_serves_nobody_before_it_is_verified() {
    stage.ledger().reach().away(true);
    int before = stage.node().heard().opened(campaign.id());
    proxy.cut();
    await().atMost(RECOVERY).until(() -> ask("early").equals(new Unavailable(Reason.REBUILDING)));
    assertThat(stage.node().issuer().connected()).isTrue();
    assertThat(redis.root().hexists(keys().issued(), "early")).isFalse();
    stage.ledger().reach().away(false);
    assertThat(retried("early")).isInstanceOf(Accepted.class);
    assertThat(stage.node().heard().opened(campaign.id())).isGreaterThan(before);
  }

  @Test
  void flapping_connections_under_load_lose_and_double_nothing() {
    AtomicBoolean flapping = new AtomicBoolean(true);
    List<CompletableFuture<Void>> clients =
        IntStream.range(0, QUEUE)
            .mapToObj(client ->
                CompletableFuture.runAsync(
                    () -> keepIssuing(client, flapping), Thread::startVirtualThread))
            .toList();
    for (int i = 0; i < 12; i++) {
      int before = stage.node().heard().opened(campaign.id());
      switch (i % 4) {
        case 0 -> proxy.cut();
        case 1 -> proxy.cutReplyAfter(10 * i);
        case 2 -> proxy.cutRequestAfter(50 * i);
        default -> redis.root().clientKill(KillArgs.Builder.typeNormal().skipme());
      }
      awaitOpened(before + 1);
    }
    flapping.set(false);
    assertThat(clients).allSatisfy(client -> client.orTimeout(60, TimeUnit.SECONDS).join());
  }

  private void keepIssuing(int client, AtomicBoolean flapping) {
    for (int i = 0; i < 10_000 && flapping.get(); i++) {
      assertThat(retried("client-" + client + "-user-" + i)).isInstanceOf(IssueOutcome.Held.class);
    }
  }

  private void awaitOpened(int count) {
    await()
        .atMost(RECOVERY)
        .pollInterval(POLL)
        .until(() -> stage.node().heard().opened(campaign.id()) >= count);
  }

  /** Tries until somebody decides. */
  private IssueOutcome retried(String user) {
    return await()
        .atMost(RECOVERY)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .until(
            () -> ask(user),
            outcome -> !(outcome instanceof Unknown || outcome instanceof Unavailable));
  }

  private IssueOutcome ask(String user) {
    return answer(send(user));
  }

  private CompletableFuture<IssueOutcome> send(String user) {
    return checker
        .recording()
        .issue(new IssueRequest(campaign.id(), new UserId(user)))
        .toCompletableFuture();
  }

  private static IssueOutcome answer(CompletableFuture<IssueOutcome> sent) {
    return sent.orTimeout(RECOVERY.toSeconds(), TimeUnit.SECONDS).join();
  }

  private CampaignKeys keys() {
    return CampaignKeys.of(campaign.id());
  }
}
