package io.sunchak.chaos.crash;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one connection of a protocol: cuts the side that acts into messages, and tells from the
 * other side when a message has done what it asks for. For one connection.
 */
interface Wire {
  /** Whether the side that acts is the one that was connected to. */
  boolean isActedByTarget();

  /** The messages that are whole now. The first bytes of another one are kept. */
  List<Message> cut(byte[] piece, int length);

  /** Sent behind the message at which the server dies. */
  byte[] marker();

  /**
   * What of the other side's bytes may still pass after that message; null when it is done.
   *
   * @param piece of {@code length} bytes
   */
  byte @Nullable [] untilDone(byte[] piece, int length);
}
