package io.sunchak.simulator.redis.store;

/** What a key holds. */
sealed interface Value permits TextValue, HashValue, StreamValue {
  /** As {@code TYPE} names it. */
  String type();

  /** Shares nothing that can change. */
  Value copy();
}
