package io.sunchak.core.loop;

import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Processes many items so that a failure of one does not stop the others. If three in a row fail,
 * the cause is not a single item (an engine is down, say), and the last exception is thrown. Not
 * thread-safe; for one round.
 */
public final class GuardedRound<T> {
  private static final int NO_SINGLE_ONES = 3;

  private final Consumer<T> work;
  private final BiConsumer<T, RuntimeException> fault;
  private int inARow;

  /**
   * A round.
   *
   * @param fault called for each failure except the one that ends the round
   */
  public GuardedRound(Consumer<T> work, BiConsumer<T, RuntimeException> fault) {
    this.work = work;
    this.fault = fault;
  }

  /** Processes a part of the round: the next page. */
  public void over(Collection<T> part) {
    part.forEach(this::one);
  }

  private void one(T one) {
    try {
      work.accept(one);
      inARow = 0;
    } catch (RuntimeException failed) {
      inARow++;
      if (inARow == NO_SINGLE_ONES) {
        throw failed;
      }
      fault.accept(one, failed);
    }
  }
}
