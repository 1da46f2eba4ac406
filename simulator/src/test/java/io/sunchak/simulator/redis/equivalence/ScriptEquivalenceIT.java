package io.sunchak.simulator.redis.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.simulator.redis.equivalence.Twin.Played;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The memory Redis answers as a real one does, whatever it is asked: random sequences of the
 * product's scripts and of commands, each with one seed. {@code -Dsunchak.sequences=100000} runs
 * more, {@code -Dsunchak.sequence=SEED} one. A word of a script that no sequence brought about was
 * not compared, so each must have been said.
 */
@ExtendWith(EnginesExtension.class)
final class ScriptEquivalenceIT {
  private static final int SEQUENCES = Integer.getInteger("sunchak.sequences", 2_000);
  private static final @Nullable Long ONLY = Long.getLong("sunchak.sequence");

  /** Sequences whose steps go to the real Redis in one write. */
  private static final int TOGETHER = 50;

  /** Steps before the one that differs. */
  private static final int TOLD = 20;

  private final Map<String, String> scripts = ProductScripts.all();

  @Test
  void every_answer_is_the_real_ones(EmbeddedEngines engines) throws IOException {
    Answers answers = new Answers();
    try (UnsyncedRedis redis = new UnsyncedRedis(engines);
        RealRedis real = new RealRedis(redis.uri(), scripts)) {
      for (List<Long> seeds : batches()) {
        List<List<Played>> sequences =
            seeds.stream().map(seed -> RandomSequence.of(seed, scripts)).toList();
        for (List<Played> sequence : sequences) {
          for (Played one : sequence) {
            real.ask(one.step());
          }
        }
        for (int i = 0; i < seeds.size(); i++) {
          compare(seeds.get(i), sequences.get(i), real);
          sequences.get(i).forEach(answers::count);
        }
      }
    }
    System.out.println(SEQUENCES + " sequences were equal: " + answers);
    if (ONLY == null) {
      assertThat(answers.words()).containsAll(Answers.OF_THE_SCRIPTS);
    }
  }

  private static List<List<Long>> batches() {
    if (ONLY != null) {
      return List.of(List.of(ONLY));
    }
    List<List<Long>> batches = new ArrayList<>();
    for (long from = 0; from < SEQUENCES; from += TOGETHER) {
      batches.add(LongStream.range(from, Math.min(SEQUENCES, from + TOGETHER)).boxed().toList());
    }
    return batches;
  }

  private static void compare(long seed, List<Played> sequence, RealRedis real) throws IOException {
    for (int i = 0; i < sequence.size(); i++) {
      Object answer = real.answer(sequence.get(i).step());
      if (!Objects.equals(answer, sequence.get(i).answer())) {
        assertThat(sequence.get(i).answer())
            .as(
                "seed %d, step %d:\n%s",
                seed, i, told(sequence.subList(Math.max(0, i - TOLD), i + 1)))
            .isEqualTo(answer);
      }
    }
  }

  private static String told(List<Played> sequence) {
    return sequence.stream().map(Played::toString).collect(Collectors.joining("\n"));
  }
}
