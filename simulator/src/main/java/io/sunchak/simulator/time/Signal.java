package io.sunchak.simulator.time;

import org.jspecify.annotations.Nullable;

/** What one actor waits for and others raise; raised before the wait, it is kept for it. */
public final class Signal {
  private boolean raised;
  private @Nullable Runnable waiter;

  /** Wakes the actor that waits, now or next. */
  public void raise() {
    raised = true;
    Runnable wake = waiter;
    waiter = null;
    if (wake != null) {
      wake.run();
    }
  }

  boolean take() {
    boolean was = raised;
    raised = false;
    return was;
  }

  void onRaise(@Nullable Runnable wake) {
    waiter = wake;
  }
}
