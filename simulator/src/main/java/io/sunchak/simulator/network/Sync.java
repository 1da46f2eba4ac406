package io.sunchak.simulator.network;

/** When Redis syncs its log to disk. */
public enum Sync {
  /** Before it replies: {@code appendfsync always}. */
  BEFORE_REPLYING,
  /** As often, but it does not wait for it. */
  AFTER_REPLYING,
  /** {@code appendfsync everysec}. */
  EACH_SECOND
}
