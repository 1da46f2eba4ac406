package io.sunchak.lab.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

final class DrainScheduleTest {
  private static final Duration TICK = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger runs = new AtomicInteger();

  private Mono<Void> failing() {
    runs.incrementAndGet();
    return Mono.error(new IllegalStateException("the ledger is away"));
  }

  /** What the schedule must not be: told here because it looks as if it went on. */
  @Test
  void a_bare_interval_is_ended_for_good_by_its_first_error() {
    Flux<Void> schedule = Flux.interval(TICK).flatMap(tick -> failing());
    assertThatThrownBy(() -> schedule.blockLast(PATIENCE)).hasMessage("the ledger is away");
    assertThat(runs).hasValue(1);
  }

  @Test
  void a_failing_run_does_not_end_the_schedule() {
    try (DrainSchedule schedule = DrainSchedule.oneRunAtATime(this::failing, TICK)) {
      await().atMost(PATIENCE).until(() -> runs.get() >= 3);
      assertThat(schedule).isNotNull();
    }
  }

  @Test
  void a_run_that_throws_before_it_begins_does_not_end_it_either() {
    QueueDrain throwing =
        () -> {
          runs.incrementAndGet();
          throw new IllegalStateException("thrown, not signalled");
        };
    try (DrainSchedule schedule = DrainSchedule.overlapping(throwing, TICK)) {
      await().atMost(PATIENCE).until(() -> runs.get() >= 3);
      assertThat(schedule).isNotNull();
    }
  }

  @Test
  void overlapping_runs_begin_at_every_tick_and_others_wait_for_the_last_to_end() {
    Sinks.Empty<Void> end = Sinks.empty();
    AtomicInteger alone = new AtomicInteger();
    try (DrainSchedule one = DrainSchedule.oneRunAtATime(() -> counted(alone, end), TICK);
        DrainSchedule many = DrainSchedule.overlapping(() -> counted(runs, end), TICK)) {
      await().atMost(PATIENCE).until(() -> runs.get() >= 3);
      assertThat(alone).hasValueLessThanOrEqualTo(1);
      end.tryEmitEmpty();
      await().atMost(PATIENCE).until(() -> alone.get() >= 3);
      assertThat(one).isNotSameAs(many);
    }
  }

  @Test
  void closing_waits_for_the_run_under_way() {
    AtomicInteger finished = new AtomicInteger();
    QueueDrain slow =
        () -> {
          runs.incrementAndGet();
          return Mono.delay(Duration.ofMillis(300))
              .doOnNext(t -> finished.incrementAndGet())
              .then();
        };
    DrainSchedule schedule = DrainSchedule.oneRunAtATime(slow, TICK);
    await().atMost(PATIENCE).until(() -> runs.get() == 1);
    schedule.close();
    assertThat(finished).hasValue(runs.get());
  }

  private static Mono<Void> counted(AtomicInteger runs, Sinks.Empty<Void> end) {
    runs.incrementAndGet();
    return end.asMono();
  }
}
