package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HolderFilterTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 1_000, 100_000})
  void who_was_added_may_hold_and_others_surely_do_not(int holders) {
    HolderFilter filter = new HolderFilter(holders);
    IntStream.range(0, holders).forEach(i -> filter.add("user-" + i));
    assertThat(IntStream.range(0, holders)).allMatch(i -> filter.mayHold("user-" + i));
    assertThat(IntStream.range(holders, holders + 100_000))
        .noneMatch(i -> filter.mayHold("user-" + i));
  }

  @Test
  void ids_that_look_alike_are_told_apart() {
    List<String> alike = List.of("a", "A", "aa", "a ", "ab", "ba", "", "\u0000");
    for (String holder : alike) {
      HolderFilter filter = new HolderFilter(1);
      filter.add(holder);
      assertThat(alike).filteredOn(filter::mayHold).containsExactly(holder);
    }
  }

  @Test
  @Timeout(10)
  void a_full_filter_takes_nobody_else() {
    HolderFilter filter = new HolderFilter(2);
    assertThat(filter.add("a")).isTrue();
    assertThat(filter.add("a")).isTrue();
    assertThat(filter.add("b")).isTrue();
    assertThat(IntStream.range(0, 1_000).mapToObj(i -> "late-" + i)).noneMatch(filter::add);
    assertThat(filter.add("b")).isTrue();
    assertThat(filter.mayHold("late-1")).isFalse();
  }
}
