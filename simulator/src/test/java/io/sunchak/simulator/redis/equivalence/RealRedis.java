package io.sunchak.simulator.redis.equivalence;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real one. Its scripts are the product's, and hear of the time from the step: it stands behind
 * their keys.
 */
final class RealRedis implements AutoCloseable {
  /** On the script's first line, so that the others keep their numbers. */
  private static final String TIME_FROM_KEYS =
      "local redis = { pcall = redis.pcall, call = function(command, ...)"
          + " if command == 'TIME' then return { KEYS[#KEYS - 1], KEYS[#KEYS] } end"
          + " return redis.call(command, ...) end } ";

  private final RespConnection connection;
  private final Map<String, String> digests = new HashMap<>();

  RealRedis(URI uri, Map<String, String> scripts) throws IOException {
    connection = new RespConnection(uri);
    for (Map.Entry<String, String> script : scripts.entrySet()) {
      connection.write(List.of("SCRIPT", "LOAD", TIME_FROM_KEYS + script.getValue()));
      digests.put(script.getKey(), String.valueOf(connection.read()));
    }
  }

  /** Its answer comes with {@link #answer}, in the same order. */
  void ask(Step step) throws IOException {
    connection.write(step.isScript() ? evaluation(step) : command(step));
  }

  private static List<String> command(Step step) {
    return Stream.concat(Stream.of(step.name()), step.args().stream()).toList();
  }

  private List<String> evaluation(Step step) {
    List<String> words = new ArrayList<>();
    words.add("EVALSHA");
    words.add(digests.getOrDefault(step.name(), "none"));
    words.add(Integer.toString(step.keys().size() + 2));
    words.addAll(step.keys());
    words.add(Long.toString(step.micros() / 1_000_000));
    words.add(Long.toString(step.micros() % 1_000_000));
    words.addAll(step.args());
    return words;
  }

  @Nullable Object answer(Step step) throws IOException {
    return step.comparable(connection.read());
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
