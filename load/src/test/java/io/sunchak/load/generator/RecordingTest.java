package io.sunchak.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecordingTest {
  private static final int MANY = 40_000;

  @Test
  void it_keeps_what_it_was_given_beyond_a_block() {
    Recording one = new Recording();
    Recording both = new Recording();
    for (int i = 0; i < MANY; i++) {
      one.add(Shots.of(0, i), i, i + 1, i + 2, i + 3);
    }
    both.addAll(one);
    both.addAll(one);

    assertThat(both.size()).isEqualTo(2 * MANY);
    for (int i : new int[] {0, 16_383, 16_384, MANY - 1, MANY, 2 * MANY - 1}) {
      int of = i % MANY;
      assertThat(both.user(i)).isEqualTo(of);
      assertThat(both.intendedAt(i)).isEqualTo(of);
      assertThat(both.sentAt(i)).isEqualTo(of + 1);
      assertThat(both.doneAt(i)).isEqualTo(of + 2);
      assertThat(both.answer(i)).isEqualTo(of + 3);
    }
  }
}
