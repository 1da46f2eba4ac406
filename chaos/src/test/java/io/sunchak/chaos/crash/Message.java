package io.sunchak.chaos.crash;

/** One message on its way. Its bytes belong to it. */
final class Message {
  /** Is in no text of one byte a character. */
  static final char NEXT = '→';

  private final byte[] bytes;
  private final String text;

  Message(byte[] bytes, String text) {
    this.bytes = bytes;
    this.text = text;
  }

  /** As they were sent. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * To find steps in: the words of a Redis command, with a script's name in place of its digest and
   * {@code -} for an empty word; the statements of a PostgreSQL transaction up to this one, each
   * after {@link #NEXT} and before its parameters; the text of an HTTP answer. Empty for what is no
   * step.
   */
  String text() {
    return text;
  }
}
