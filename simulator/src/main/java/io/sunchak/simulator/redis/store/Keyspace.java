package io.sunchak.simulator.redis.store;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keys and what they hold; every change notes how to undo it. Not thread-safe. */
public final class Keyspace {
  private final Journal journal = new Journal();
  private Map<String, Value> values = new TreeMap<>();

  /** Ends the current write: what follows is another one. */
  public void endWrite() {
    journal.end();
  }

  /** Writes there have been and that were not undone. */
  public long writes() {
    return journal.count();
  }

  /**
   * Undoes the writes after the first {@code kept} ones.
   *
   * @throws IllegalArgumentException when there were fewer, or when it has forgotten how
   */
  public void undoTo(long kept) {
    journal.undoTo(kept);
  }

  /** A copy. */
  public Snapshot snapshot() {
    return Snapshot.of(values);
  }

  /** Becomes what the snapshot holds; nothing of before can be undone any more. */
  public void restore(Snapshot snapshot) {
    values = snapshot.copy();
    journal.forget();
  }

  Journal journal() {
    return journal;
  }

  @Nullable Value get(String key) {
    return values.get(key);
  }

  /**
   * What the key holds; null when it is missing.
   *
   * @throws RedisErrorException when it is of another type
   */
  <T extends Value> @Nullable T get(String key, Class<T> type) {
    Value value = values.get(key);
    if (value == null || type.isInstance(value)) {
      return type.cast(value);
    }
    throw RedisErrorException.wrongType();
  }

  void put(String key, Value value) {
    undoBy(key, values.put(key, value));
  }

  /** Whether it was there. */
  boolean remove(String key) {
    Value old = values.remove(key);
    if (old != null) {
      undoBy(key, old);
    }
    return old != null;
  }

  private void undoBy(String key, @Nullable Value old) {
    journal.note(() -> {
      if (old == null) {
        values.remove(key);
      } else {
        values.put(key, old);
      }
    });
  }

  void clear() {
    Map<String, Value> old = values;
    values = new TreeMap<>();
    journal.note(() -> values = old);
  }
}
