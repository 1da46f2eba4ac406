package io.sunchak.alarm;

/**
 * Tells a person that something needs them: a reservation that could not be written, a drain that
 * stopped. Thread-safe; never blocks and never throws, because what raises it has other work.
 */
@FunctionalInterface
public interface Alarm {
  /** Tells nobody: for a start without a webhook. The log and the failure queue still tell. */
  Alarm SILENT = text -> {};

  /**
   * Raises it, at most once in a while: what comes too fast is counted and told together.
   *
   * @param text one or a few lines for a person; no secrets, and what others wrote only by {@link
   *     ChatText#quote}
   */
  void raise(String text);
}
