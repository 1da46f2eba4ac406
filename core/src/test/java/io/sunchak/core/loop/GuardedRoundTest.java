package io.sunchak.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GuardedRoundTest {
  private final List<Integer> done = new ArrayList<>();
  private final List<Integer> faults = new ArrayList<>();

  @Test
  void the_faults_of_some_keep_no_other_from_its_turn() {
    GuardedRound<Integer> round = failingAt(2, 3, 5, 6);
    round.over(List.of(1, 2, 3));
    round.over(List.of(4, 5, 6, 7));
    assertThat(done).containsExactly(1, 4, 7);
    assertThat(faults).containsExactly(2, 3, 5, 6);
  }

  @Test
  void three_in_a_row_are_no_single_ones_fault_and_end_the_round() {
    GuardedRound<Integer> round = failingAt(2, 3, 4);
    round.over(List.of(1, 2, 3));
    assertThatThrownBy(() -> round.over(List.of(4, 5))).hasMessage("fault of 4");
    assertThat(done).containsExactly(1);
    assertThat(faults).containsExactly(2, 3);
  }

  private GuardedRound<Integer> failingAt(Integer... failing) {
    return new GuardedRound<>(
        one -> {
          if (Set.of(failing).contains(one)) {
            throw new IllegalStateException("fault of " + one);
          }
          done.add(one);
        },
        (one, fault) -> faults.add(one));
  }
}
