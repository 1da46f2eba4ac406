package io.sunchak.core.loop;

import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Goes through many so that the fault of one stops none of the others. When three in a row fail it
 * is no single one's fault, as when an engine is away: then the last one's is thrown. Not
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
   * @param fault told of each that failed, but for the one that ends the round
   */
  public GuardedRound(Consumer<T> work, BiConsumer<T, RuntimeException> fault) {
    this.work = work;
    this.fault = fault;
  }

  /** A part of the round: the next page. */
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
