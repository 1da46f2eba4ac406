package io.sunchak.core.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SequenceIndexTest {
  private static final int STEPS = 3_000;
  private static final int SEQUENCES = 400;

  private final SequenceIndex index = new SequenceIndex();

  @Test
  void it_is_read_in_order_in_slices_of_about_the_size_that_was_asked_for() {
    for (long sequence = 10_000; sequence >= 1; sequence--) {
      assertThat(index.add(yes(sequence, "u"))).isTrue();
    }
    List<Reservation> read = new ArrayList<>();
    long from = 0;
    while (from != SequenceIndex.END) {
      int before = read.size();
      from = index.read(from, 9_000, 100, read);
      assertThat(read.size() - before).isBetween(1, 100 + 64);
    }
    assertThat(read).hasSize(9_000).isSortedAccordingTo(BY_SEQUENCE);
  }

  @Test
  void two_users_of_one_sequence_are_both_kept_until_each_is_removed() {
    assertThat(index.add(yes(5, "ann"))).isTrue();
    assertThat(index.add(yes(5, "bob"))).isTrue();
    assertThat(index.add(yes(5, "bob"))).isFalse();
    assertThat(index.add(yes(5, "cyd"))).isTrue();
    assertThat(all()).containsExactlyInAnyOrder(yes(5, "ann"), yes(5, "bob"), yes(5, "cyd"));
    assertThat(index.remove(new Holding("dan", 5))).isFalse();
    assertThat(index.remove(new Holding("ann", 5))).isTrue();
    assertThat(all()).containsExactlyInAnyOrder(yes(5, "bob"), yes(5, "cyd"));
    assertThat(index.remove(new Holding("cyd", 5))).isTrue();
    assertThat(index.remove(new Holding("bob", 5))).isTrue();
    assertThat(index.isEmpty()).isTrue();
  }

  /** Against an index that is plainly right. */
  @RepeatedTest(20)
  void it_holds_what_was_added_and_not_removed(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    Map<Holding, Reservation> right =
        new TreeMap<>(Comparator.comparingLong(Holding::sequence).thenComparing(Holding::user));
    for (int step = 0; step < STEPS; step++) {
      Reservation one = yes(1 + random.nextInt(SEQUENCES), "u-" + random.nextInt(3));
      Holding holding = new Holding(one.user(), one.sequence());
      if (random.nextBoolean()) {
        assertThat(index.add(one)).isEqualTo(right.putIfAbsent(holding, one) == null);
      } else {
        assertThat(index.remove(holding)).isEqualTo(right.remove(holding) != null);
      }
      assertThat(index.isEmpty()).isEqualTo(right.isEmpty());
      Reservation highest = index.highest();
      assertThat(highest == null ? 0 : highest.sequence())
          .isEqualTo(right.keySet().stream().mapToLong(Holding::sequence).max().orElse(0));
    }
    assertThat(all())
        .containsExactlyInAnyOrderElementsOf(right.values())
        .isSortedAccordingTo(BY_SEQUENCE);
  }

  private static final Comparator<Reservation> BY_SEQUENCE =
      Comparator.comparingLong(Reservation::sequence);

  private List<Reservation> all() {
    List<Reservation> all = new ArrayList<>();
    assertThat(index.read(0, Long.MAX_VALUE, Integer.MAX_VALUE / 2, all))
        .isEqualTo(SequenceIndex.END);
    return all;
  }

  private static Reservation yes(long sequence, String user) {
    return new Reservation(1, sequence, user, Instant.EPOCH);
  }
}
