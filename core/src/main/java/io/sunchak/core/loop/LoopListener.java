package io.sunchak.core.loop;

/**
 * Receives unexpected exceptions, for a metric and the log. Called on the thread that threw, so an
 * implementation must be fast and thread-safe.
 */
@FunctionalInterface
public interface LoopListener {
  /** Ignores all exceptions. */
  LoopListener NONE = (loop, surprise) -> {};

  /**
   * An exception was thrown and contained.
   *
   * @param loop the loop, one of a fixed set of names
   */
  void onSurprise(String loop, Throwable surprise);

  /** Reports {@code fault}; an exception of the listener itself is dropped. */
  default void tell(String loop, Throwable surprise) {
    try {
      onSurprise(loop, surprise);
    } catch (Throwable deaf) {
      // There is no other listener, and the caller must go on.
      return;
    }
  }

  /**
   * Runs work whose exceptions must not reach the caller; they are reported.
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
