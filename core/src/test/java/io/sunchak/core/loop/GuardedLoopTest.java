package io.sunchak.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class GuardedLoopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger rounds = new AtomicInteger();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final LoopListener listener = (loop, surprise) -> told.add(loop + ": " + surprise);

  static Stream<Throwable> surprises() {
    return Stream.of(
        new IllegalStateException(),
        new StackOverflowError(),
        new OutOfMemoryError(),
        new NoClassDefFoundError(),
        new InterruptedException());
  }

  @ParameterizedTest
  @MethodSource("surprises")
  void whatever_a_round_throws_the_next_one_comes(Throwable thrown) throws Exception {
    GuardedLoop loop =
        GuardedLoop.virtual(
            "sweeper",
            () -> {
              if (rounds.incrementAndGet() < 3) {
                sneak(thrown);
              }
              reached.countDown();
              return false;
            },
            listener);
    loop.start();
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(told).hasSize(2).allMatch(("sweeper: " + thrown)::equals);
    assertThat(loop.endWithin(PATIENCE)).isTrue();
  }

  @Test
  void a_listener_that_throws_ends_nothing() throws Exception {
    GuardedLoop loop =
        GuardedLoop.platform(
            "sweeper",
            () -> {
              if (rounds.incrementAndGet() == 1) {
                throw new IllegalStateException("a defect");
              }
              reached.countDown();
              return false;
            },
            (name, surprise) -> {
              throw new AssertionError("deaf");
            });
    loop.start();
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void an_interrupt_that_no_end_meant_ends_nothing() throws Exception {
    GuardedLoop loop =
        GuardedLoop.virtual(
            "sweeper",
            () -> {
              if (rounds.incrementAndGet() == 1) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while it asked");
              }
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              reached.countDown();
              return false;
            },
            listener);
    loop.start();
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(told).hasSize(1);
  }

  @Test
  void rounds_that_fail_in_a_row_come_more_and_more_slowly() throws Exception {
    List<Long> begun = Collections.synchronizedList(new ArrayList<>());
    GuardedLoop loop =
        GuardedLoop.virtual(
            "sweeper",
            () -> {
              begun.add(System.nanoTime());
              if (begun.size() == 6) {
                reached.countDown();
              }
              throw new IllegalStateException("a defect");
            },
            listener);
    loop.start();
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(loop.endWithin(PATIENCE)).isTrue();
    // The fifth pause is at least half of 1.6 s; the first at most 0.1 s, were the machine not
    // slow.
    assertThat(begun.get(5) - begun.get(4)).isGreaterThanOrEqualTo(800_000_000L);
  }

  @Test
  void an_end_lets_the_round_in_work_come_to_its_end_and_is_no_surprise() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    GuardedLoop loop =
        GuardedLoop.virtual(
            "sweeper",
            () -> {
              reached.countDown();
              goOn.await();
              rounds.incrementAndGet();
              throw new IllegalStateException("what it asked is closing, too");
            },
            listener);
    loop.start();
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    loop.end();
    goOn.countDown();
    assertThat(loop.endWithin(PATIENCE)).isTrue();
    assertThat(rounds).hasValue(1);
    assertThat(told).isEmpty();
  }

  @Test
  void a_round_that_does_not_end_in_time_is_interrupted_and_told_of() throws Exception {
    GuardedLoop loop =
        GuardedLoop.virtual(
            "sweeper",
            () -> {
              reached.countDown();
              new CountDownLatch(1).await();
              return true;
            },
            listener);
    loop.start();
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(loop.endWithin(Duration.ofMillis(10))).isFalse();
    assertThat(loop.endWithin(PATIENCE)).as("the interrupt was heard").isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void a_loop_that_was_not_begun_has_nothing_to_end() throws Exception {
    assertThat(GuardedLoop.virtual("sweeper", () -> true, listener).endWithin(PATIENCE)).isTrue();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
