package io.sunchak.core.testing;

/**
 * Called before and after each call of an in-memory engine, on the caller's thread, with nothing
 * locked: may let others go first, may throw what the engine or the death of the caller would.
 */
@FunctionalInterface
public interface Interference {
  /** Leaves everything as it is. */
  Interference NONE = step -> {};

  void at(Step step);

  /** One call of an engine: about to be made, or {@code done} and its answer on its way back. */
  record Step(Engine engine, String call, boolean done) {}

  /** The two engines. */
  enum Engine {
    LEDGER,
    REDIS
  }
}
