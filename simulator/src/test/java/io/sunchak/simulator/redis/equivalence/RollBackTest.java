package io.sunchak.simulator.redis.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.simulator.redis.MemoryRedis;
import io.sunchak.simulator.redis.equivalence.Twin.Played;
import io.sunchak.simulator.redis.store.Snapshot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A rolled back Redis holds what it held then, whatever it was asked since. */
final class RollBackTest {
  private static final int SEQUENCES = 200;

  private final Map<String, String> scripts = ProductScripts.all();
  private long micros;

  @Test
  void every_moment_comes_back() {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      MemoryRedis redis = new MemoryRedis(() -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
      NavigableMap<Long, Snapshot> moments = new TreeMap<>(Map.of(0L, redis.snapshot()));
      for (Played one : RandomSequence.of(seed, scripts)) {
        run(redis, one.step());
        moments.put(redis.writes(), redis.snapshot());
      }
      moments
          .descendingMap()
          .forEach((writes, moment) -> {
            redis.rollBackTo(writes);
            assertThat(redis.snapshot()).isEqualTo(moment);
          });
    }
  }

  private void run(MemoryRedis redis, Step step) {
    micros = step.micros();
    String script = scripts.get(step.name());
    if (script != null) {
      step.answer(() -> redis.evaluate(script, step.keys(), step.args()));
    } else if (!step.name().equals("TTL")) {
      step.answer(() -> redis.call(step.name(), step.args()));
    }
  }
}
