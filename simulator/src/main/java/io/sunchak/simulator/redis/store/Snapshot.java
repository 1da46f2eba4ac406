package io.sunchak.simulator.redis.store;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All keys and what they held at one moment, as an older copy of Redis' disk would. Immutable, so
 * thread-safe. Two are equal when they hold the same; the text shows all of it.
 */
public final class Snapshot {
  private final Map<String, Value> values;

  private Snapshot(Map<String, Value> values) {
    this.values = values;
  }

  static Snapshot of(Map<String, Value> values) {
    return new Snapshot(copy(values));
  }

  Map<String, Value> copy() {
    return copy(values);
  }

  private static Map<String, Value> copy(Map<String, Value> values) {
    Map<String, Value> copy = new TreeMap<>();
    values.forEach((key, value) -> copy.put(key, value.copy()));
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Snapshot snapshot && values.equals(snapshot.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
