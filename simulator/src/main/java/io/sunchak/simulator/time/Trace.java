package io.sunchak.simulator.time;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What happened in a run: a hash of all of it, by which two runs are compared, and, if it is kept,
 * the text. Not thread-safe.
 */
public final class Trace {
  private final boolean kept;
  private final List<String> lines = new ArrayList<>();
  private long hash = 0xcbf29ce484222325L;

  /** An empty one, which keeps its text or not. */
  public Trace(boolean kept) {
    this.kept = kept;
  }

  /** Adds a number to the hash. */
  public void mix(long number) {
    hash = (hash ^ number) * 0x100000001b3L;
    hash ^= hash >>> 29;
  }

  /** Adds a line. */
  public void add(long now, Supplier<String> text) {
    String line = text.get();
    mix(line.hashCode());
    if (kept) {
      lines.add("%,15d µs  %s".formatted(now / 1_000, line));
    }
  }

  public long hash() {
    return hash;
  }

  public List<String> lines() {
    return lines;
  }
}
