package io.sunchak.core.testing;

import java.util.function.Function;
import java.util.function.Supplier;

/** How an in-memory engine is reached: it may be away, and a test may interfere. Thread-safe. */
public final class Reach {
  private final Interference.Engine engine;
  private final Function<String, RuntimeException> error;
  private volatile Interference interference = Interference.NONE;
  private volatile boolean away;

  Reach(Interference.Engine engine, Function<String, RuntimeException> error) {
    this.engine = engine;
    this.error = error;
  }

  /** From now on each call fails without an effect, or works again. */
  public void away(boolean isAway) {
    away = isAway;
  }

  public boolean isAway() {
    return away;
  }

  /** From now on called around each call. */
  public void interfere(Interference with) {
    interference = with;
  }

  <T> T call(String name, Supplier<T> work) {
    interference.at(new Interference.Step(engine, name, false));
    if (away) {
      throw error.apply(engine + " is away");
    }
    T answer = work.get();
    interference.at(new Interference.Step(engine, name, true));
    return answer;
  }
}
