package io.sunchak.core.ledger;

/**
 * One thing on which Redis and the ledger did not agree, listed for the operator.
 *
 * @param user whom it concerns; a node's name where the kind says so
 * @param claimed the sequence Redis or a node said this user has; 0 when none
 * @param settled the sequence the ledger says now; 0 when the user has none and must be helped by a
 *     person
 * @param kind what was found
 */
public record Drift(String user, long claimed, long settled, Kind kind) {
  /** The kinds of drift, each settled in one way. */
  public enum Kind {
    /** Promised, but the ledger had given the number to another: moved to a free number. */
    MOVED,
    /** Promised, and no number was left: the operator must decide. */
    UNSETTLED,
    /** A number that nobody known was promised: kept as a void failure. */
    VOIDED,
    /** Redis said another number than the ledger: the ledger's stands. */
    RENUMBERED,
    /** A number that was void before, and whose holder has been found. */
    RECLAIMED,
    /**
     * A node had seen {@code claimed} given, and nobody knows who holds the numbers above {@code
     * settled}: so many acknowledged users may be missing.
     */
    UNACCOUNTED,
    /**
     * A node did not hand over in time: what it alone promised above {@code settled} is missing.
     */
    SILENT;

    /** Whether it is settled for good only when a person has looked at it. */
    public boolean needsPerson() {
      return this != RENUMBERED && this != RECLAIMED;
    }

    /** Whether it concerns a node and no user. */
    public boolean isOfNode() {
      return this == UNACCOUNTED || this == SILENT;
    }

    /** Whether it concerns one user, who is known. */
    public boolean isOfUser() {
      return !isOfNode() && this != VOIDED;
    }
  }
}
