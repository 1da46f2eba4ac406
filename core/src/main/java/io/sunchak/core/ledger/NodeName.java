package io.sunchak.core.ledger;

import java.util.UUID;

/**
 * The name of one process among the nodes: the place where it serves, which the process after it
 * shares, and a part of its own. So two processes that say that they serve at one place are two
 * nodes, and one that was restarted does not speak for the one before it.
 */
public final class NodeName {
  /** Parts the place from the rest; no host name has it. */
  private static final char SEPARATOR = '~';

  private static final int OWN_LENGTH = 8;

  private NodeName() {}

  /** The name of a process that begins at {@code place}; each call gives another one. */
  public static String unique(String place) {
    return of(place, UUID.randomUUID().toString().substring(0, OWN_LENGTH));
  }

  /**
   * A name.
   *
   * @param own what no other process at this place has or had; without a tilde
   */
  public static String of(String place, String own) {
    return place + SEPARATOR + own;
  }

  /**
   * The place of {@code node}, and the whole name if it is an older version's, which has no own
   * part.
   */
  public static String place(String node) {
    int end = node.lastIndexOf(SEPARATOR);
    return end < 0 ? node : node.substring(0, end);
  }
}
