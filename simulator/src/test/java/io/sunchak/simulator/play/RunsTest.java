package io.sunchak.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The promise in runs drawn from seeds, the same in every build, so that a red one is this
 * change's: {@code ./sunchak simulate} plays others. {@code -Dsunchak.seeds=N} plays more than the
 * usual number, {@code -Dsunchak.seed=N} begins at that seed.
 */
final class RunsTest {
  private static final int SEEDS = Integer.getInteger("sunchak.seeds", 1_000);
  private static final long FIRST = Long.getLong("sunchak.seed", 200_000);

  @Test
  void the_promise_holds_in_every_run() throws InterruptedException {
    List<String> broken =
        Runs.on(() -> {
          List<String> found = new ArrayList<>();
          for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Report report = Runs.of(seed);
            if (!report.isClean()) {
              found.add("seed %d: %s".formatted(seed, report.found()));
            }
          }
          return found;
        });
    assertThat(broken).as("again: ./sunchak simulate --seeds 1 --seed SEED").isEmpty();
  }

  @Test
  void a_seed_gives_the_same_run_again() throws InterruptedException {
    List<Long> first = Runs.on(RunsTest::hashes);
    List<Long> second = Runs.on(RunsTest::hashes);
    assertThat(second).isEqualTo(first).doesNotHaveDuplicates();
  }

  private static List<Long> hashes() {
    return LongStream.range(1, 40).mapToObj(seed -> Runs.of(seed).hash()).toList();
  }
}
