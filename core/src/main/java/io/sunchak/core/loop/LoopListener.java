package io.sunchak.core.loop;

/**
 * Told of what nobody foresaw, for a metric and a line in the log. Called on the thread that it
 * happened on: must be quick and thread-safe.
 */
@FunctionalInterface
public interface LoopListener {
  /** Hears nothing. */
  LoopListener NONE = (loop, surprise) -> {};

  /**
   * Something threw that must not end anything else.
   *
   * @param loop which one: of a fixed set of words, never a user's or a campaign's
   */
  void onSurprise(String loop, Throwable surprise);

  /** Tells it, whatever becomes of the telling. */
  default void tell(String loop, Throwable surprise) {
    try {
      onSurprise(loop, surprise);
    } catch (Throwable deaf) {
      // Nobody is left who could be told, and the caller has work to do.
      return;
    }
  }

  /**
   * Does work that must not end its caller: what it throws is told and goes no further.
   *
   * @return whether it threw nothing
   */
  default boolean guard(String loop, Runnable work) {
    try {
      work.run();
      return true;
    } catch (Throwable surprise) {
      tell(loop, surprise);
      return false;
    }
  }
}
