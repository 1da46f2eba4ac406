package io.sunchak.core.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** The node is gone, in the middle of a call. */
public final class Death extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * The death of the caller at one of its calls.
   *
   * @param deadly which call, from 0
   * @param afterTheCall whether the engine has made it, else it never came there
   */
  public static Interference at(int deadly, boolean afterTheCall) {
    AtomicInteger call = new AtomicInteger();
    return step -> {
      if (step.done() == afterTheCall && call.getAndIncrement() == deadly) {
        throw new Death();
      }
    };
  }
}
