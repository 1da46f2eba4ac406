package io.sunchak.chaos.proxy;

/** What happens to the bytes on their way. */
public enum Weather {
  /** They pass. */
  CLEAR,
  /** Connections end with RST. */
  RESET,
  /** Connections end with FIN. */
  CLOSED,
  /** Nothing passes in either direction, without a word. */
  SILENT,
  /** What goes to the server passes, what comes from it does not. */
  REPLIES_LOST,
  /** Each piece waits for up to 200 ms. */
  SLOW;

  /** Whether no connection stands in it. */
  boolean ends() {
    return this == RESET || this == CLOSED;
  }

  boolean loses(boolean reply) {
    return this == SILENT || (this == REPLIES_LOST && reply);
  }
}
