package io.sunchak.server.fuzz;

import java.util.List;
import java.util.Set;

/**
 * Bytes for one connection, and what may be heard on it. In every text a character is a byte.
 * Immutable.
 *
 * @param seed makes the same stream again
 * @param parts are sent one after the other
 * @param whole requests that are sent unharmed before anything else: their answers come first
 * @param follows what may be answered after them
 * @param most how many answers there may be at most
 */
record FuzzStream(
    long seed,
    String kind,
    List<String> parts,
    End end,
    List<Exchange> whole,
    Follows follows,
    int most) {

  /** A request that anybody may send, and the statuses that it may be answered with. */
  record Exchange(String method, String wire, Set<Integer> statuses) {}

  /** How the client ends its side. */
  enum End {
    /** It sends no more, and listens. */
    HALF_CLOSE,
    /** It leaves that to the server. */
    WAIT,
    /** It cuts the connection and hears nothing. */
    RESET
  }

  /**
   * What may be answered after the whole requests, all of which must be answered where nothing
   * follows, and most of them elsewhere.
   */
  enum Follows {
    NOTHING,
    /**
     * One refusal; or none and perhaps no answer to the last whole ones, since the server closes.
     */
    REFUSAL,
    ANYTHING
  }

  /** The method of the request that the answer number {@code i} is for, as far as it counts. */
  String method(int i) {
    return i < whole.size() ? whole.get(i).method() : "GET";
  }

  String sent() {
    return String.join("", parts);
  }
}
