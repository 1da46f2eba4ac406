package io.sunchak.simulator.redis.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hash; its fields are listed in the order in which they came. */
record HashValue(Map<String, String> fields) implements Value {
  HashValue() {
    this(new LinkedHashMap<>());
  }

  /**
   * Sets a field.
   *
   * @return what it held; null when it is new
   */
  @Nullable String set(String field, String value, Journal journal) {
    String old = fields.put(field, value);
    journal.note(() -> {
      if (old == null) {
        fields.remove(field);
      } else {
        fields.put(field, old);
      }
    });
    return old;
  }

  /** Whether it was there. */
  boolean remove(String field, Journal journal) {
    String old = fields.remove(field);
    if (old == null) {
      return false;
    }
    journal.note(() -> fields.put(field, old));
    return true;
  }

  @Override
  public String type() {
    return "hash";
  }

  @Override
  public Value copy() {
    return new HashValue(new LinkedHashMap<>(fields));
  }
}
