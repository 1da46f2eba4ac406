package io.sunchak.simulator.redis.equivalence;

import io.sunchak.simulator.redis.MemoryRedis;
import io.sunchak.simulator.redis.store.RedisErrorException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The memory Redis of one sequence, with all that it was asked and answered. */
final class Twin {
  /** A step and what the memory Redis answered. */
  record Played(Step step, @Nullable Object answer) {}

  private final Map<String, String> scripts;
  private final List<Played> played = new ArrayList<>();
  private final MemoryRedis redis = new MemoryRedis(this::now);
  private long micros;

  Twin(Map<String, String> scripts, long micros) {
    this.scripts = scripts;
    this.micros = micros;
  }

  private Instant now() {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  long millis() {
    return micros / 1_000;
  }

  /** A clock can be set back, too. */
  void pass(long passing) {
    micros = Math.max(0, micros + passing);
  }

  List<Played> played() {
    return played;
  }

  void command(String name, String... args) {
    Step step = new Step(name, List.of(), List.of(args), micros);
    played.add(new Played(step, step.answer(() -> redis.call(name, step.args()))));
  }

  void script(String name, List<String> keys, List<String> args) {
    Step step = new Step(name, keys, args, micros);
    String text = String.valueOf(scripts.get(name));
    played.add(new Played(step, step.answer(() -> redis.evaluate(text, keys, args))));
  }

  /** What follows is known without asking: the memory Redis has no such command. */
  void known(String name, Object answer, String... args) {
    played.add(new Played(new Step(name, List.of(), List.of(args), micros), answer));
  }

  /** A look that is no step. */
  @Nullable Object look(String name, String... args) {
    try {
      return redis.call(name, List.of(args));
    } catch (RedisErrorException refused) {
      return null;
    }
  }
}
