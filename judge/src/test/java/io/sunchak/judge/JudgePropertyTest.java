package io.sunchak.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random histories of an issuer that keeps its promise are clean, and one break in them, wherever
 * it falls, is found. {@code -Dsunchak.seed=N} repeats a run.
 */
class JudgePropertyTest {
  private static final int ROUNDS = 1_000;

  private final long seed = Long.getLong("sunchak.seed", System.nanoTime());

  @Test
  void a_correct_history_is_clean() {
    for (int round = 0; round < ROUNDS; round++) {
      CaseFile file = RandomCaseFile.drawn(new Random(seed + round));
      assertThat(file.verdict()).as("seed %d", seed + round).hasToString("all invariants hold");
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_break_is_always_found(Break broken) {
    Map<Invariant, Integer> found = new EnumMap<>(Invariant.class);
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      CaseFile file = RandomCaseFile.drawn(random);
      if (broken.in(file, random)) {
        assertThat(file.verdict().violations())
            .as("%s with seed %d", broken, seed + round)
            .anyMatch(violation -> violation.invariant() == broken.invariant());
        found.merge(broken.invariant(), 1, Integer::sum);
      }
    }
    assertThat(found.getOrDefault(broken.invariant(), 0))
        .as("histories in which %s could be planted, seed %d", broken, seed)
        .isGreaterThan(ROUNDS / 20);
  }
}
