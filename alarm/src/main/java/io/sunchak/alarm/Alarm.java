package io.sunchak.alarm;

/**
 * Tells operators that something needs them: a reservation that could not be written, a drain that
 * stopped, an engine that is down. Thread-safe; never blocks and never throws, so that the caller
 * can go on with its work.
 */
@FunctionalInterface
public interface Alarm {
  /** Tells nobody: for programs that no operator watches, such as the lab's. */
  Alarm SILENT = text -> {};

  /**
   * Raises an alarm. Alarms that come too fast are sent together or only counted.
   *
   * @param text one or a few lines; no secrets; text from outside only through {@link
   *     ChatText#quote}
   */
  void raise(String text);
}
