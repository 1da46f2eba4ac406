package io.sunchak.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.simulator.play.Step.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {
  @Test
  void what_does_not_matter_is_left_out() {
    Plan plan = Plan.of(7);
    Step first = plan.steps().getFirst();
    Step last = plan.steps().getLast();
    Shrinker shrinker =
        new Shrinker(tried -> broken(tried, tried.steps().containsAll(List.of(first, last))));
    assertThat(shrinker.shrink(broken(plan, true)).plan().steps()).containsExactly(first, last);
  }

  @Test
  void a_run_that_a_planted_fault_breaks_is_smaller_and_still_breaks() throws InterruptedException {
    Report small =
        Runs.on(() -> {
          Report broken = new Run(Plan.of(1), false, ScriptBug.GET_THEN_INCR).play();
          return new Shrinker(tried -> new Run(tried, false, ScriptBug.GET_THEN_INCR).play())
              .shrink(broken);
        });
    assertThat(small.isClean()).isFalse();
    assertThat(small.plan().steps()).hasSizeLessThan(Plan.of(1).steps().size());
    assertThat(small.plan().steps()).extracting(Step::kind).doesNotContain(Kind.KILL_REDIS);
  }

  private static Report broken(Plan plan, boolean is) {
    return new Report(plan, is ? List.of("broken") : List.of(), 0, List.of());
  }
}
