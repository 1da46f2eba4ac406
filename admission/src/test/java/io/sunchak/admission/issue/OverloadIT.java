package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Stock;
import io.sunchak.core.UserId;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.embedded.testing.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node with the product's bounds is asked many times as often as it can decide. How fast that is,
 * the distance to Redis sets and not the machine: the replies are made to take long.
 */
@ExtendWith(EnginesExtension.class)
final class OverloadIT {
  private static final Duration DISTANCE = Duration.ofMillis(500);
  private static final Duration LOAD = Duration.ofSeconds(8);
  private static final Duration TICK = Duration.ofMillis(10);
  private static final Duration ANSWERED = Duration.ofSeconds(30);
  private static final Duration NORMAL_AGAIN = Duration.ofSeconds(5);
  private static final LaneHost.Bounds BOUNDS =
      GroupCommitIssuer.Settings.of(1, accepted -> {}, LoopListener.NONE).bounds();

  /** The largest groups, as many as may be in flight, one after the other. */
  private static final double MOST_A_SECOND =
      256 * BOUNDS.inFlight() / (DISTANCE.toMillis() / 1_000.0);

  /** Of that; the rest is for a busy machine. */
  private static final double GOODPUT = 0.8;

  /** A request waits for its turn at most so long, and then for its reply and the one before. */
  private static final Duration LONGEST =
      BOUNDS.patience().plus(DISTANCE.multipliedBy(2)).plusSeconds(2);

  @AutoClose private static FaultProxy proxy;
  @AutoClose private static RedisStage stage;

  @AutoClose("shutdownNow")
  private static final ScheduledExecutorService CLOCK = Executors.newScheduledThreadPool(1);

  private final Campaign campaign = Campaigns.in(Campaigns.OPEN, Stock.unlimited());
  private final AtomicInteger users = new AtomicInteger();
  private final Queue<Told> told = new ConcurrentLinkedQueue<>();

  @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);

  /** One answer, and when. */
  private record Told(IssueOutcome outcome, long asked, long answered) {
    long nanos() {
      return answered - asked;
    }
  }

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    proxy = new FaultProxy(engines.redis().port());
    String direct = engines.redisServerUri();
    String through = direct.replace(":" + engines.redis().port(), ":" + proxy.port());
    stage =
        new RedisStage(
            1,
            RedisNode.Settings.of(direct)
                .scriptsThrough(through)
                .bounds(BOUNDS.queue(), BOUNDS.patience()));
  }

  @AfterEach
  void near() {
    proxy.slowReplies(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10})
  void who_cannot_be_served_is_told_so_in_time_and_the_others_are_served(int times)
      throws Exception {
    checker.stage().create(campaign);
    proxy.slowReplies(DISTANCE);

    long end = press(times * MOST_A_SECOND);
    int asked = users.get();
    await().atMost(ANSWERED).until(() -> told.size() == asked);

    long warm = end - LOAD.dividedBy(2).toNanos();
    double served =
        told.stream()
                .filter(one -> one.outcome() instanceof Accepted)
                .filter(one -> one.answered() > warm && one.answered() <= end)
                .count()
            / (LOAD.toMillis() / 2_000.0);
    System.out.printf(
        "%d times: %d asked, %.0f a second accepted of %.0f, the longest took %d ms%n",
        times,
        asked,
        served,
        MOST_A_SECOND,
        told.stream().mapToLong(Told::nanos).max().orElse(0) / 1_000_000);
    assertThat(served).isGreaterThan(MOST_A_SECOND * GOODPUT);
    assertThat(told).allMatch(one -> one.nanos() < LONGEST.toNanos());
    assertThat(told)
        .extracting(Told::outcome)
        .filteredOn(outcome -> !(outcome instanceof Accepted))
        .isNotEmpty()
        .containsOnly(new Unavailable(Reason.OVERLOADED));
    await("normal again").atMost(NORMAL_AGAIN).until(() -> ask() instanceof Accepted);
    assertThat(List.of(ask(), ask(), ask())).allMatch(Accepted.class::isInstance);
  }

  /** Asks for {@link #LOAD} at this speed, whatever the answers do; returns its end. */
  private long press(double perSecond) throws Exception {
    long began = System.nanoTime();
    ScheduledFuture<?> pressing =
        CLOCK.scheduleAtFixedRate(
            () -> {
              double due = (System.nanoTime() - began) / 1e9 * perSecond;
              while (users.get() < due) {
                issue("u" + users.incrementAndGet());
              }
            },
            0,
            TICK.toMillis(),
            TimeUnit.MILLISECONDS);
    long end = began + LOAD.toNanos();
    await().atMost(ANSWERED).until(() -> System.nanoTime() > end);
    pressing.cancel(false);
    CLOCK.submit(() -> {}).get();
    return end;
  }

  private void issue(String user) {
    long asked = System.nanoTime();
    var _ =
        checker
            .recording()
            .issue(new IssueRequest(campaign.id(), new UserId(user)))
            .thenAccept(outcome -> told.add(new Told(outcome, asked, System.nanoTime())));
  }

  private IssueOutcome ask() {
    return checker
        .recording()
        .issue(new IssueRequest(campaign.id(), new UserId("u" + users.incrementAndGet())))
        .toCompletableFuture()
        .orTimeout(ANSWERED.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
