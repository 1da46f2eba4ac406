package io.sunchak.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.judge.Verdict;
import org.junit.jupiter.api.Test;

/**
 * The promise under random schedules of two nodes. {@code -Dsunchak.schedules=N} plays more than
 * the usual number, {@code -Dsunchak.seed=N} begins at that seed.
 */
class RandomScheduleTest {
  private static final int SCHEDULES = Integer.getInteger("sunchak.schedules", 200);
  private static final long FIRST_SEED = Long.getLong("sunchak.seed", System.nanoTime());

  @Test
  void the_promise_holds_in_every_schedule() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
      Schedule schedule = new Schedule(seed);
      try {
        schedule.play();
        Verdict verdict = schedule.settle();
        assertThat(verdict).hasToString("all invariants hold");
        assertThat(schedule.disagreements()).as("I10 (Redis and ledger agree)").isEmpty();
      } catch (RuntimeException | AssertionError broken) {
        throw new AssertionError(
            "seed %d\n%s\n%s".formatted(seed, broken, String.join("\n", schedule.trace())), broken);
      }
    }
  }
}
