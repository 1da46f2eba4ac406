package io.sunchak.core.ledger;

/**
 * One difference between Redis and the ledger, listed for the operator.
 *
 * @param user the user, or the node if the kind concerns a node
 * @param claimed the sequence that Redis or a node had for this user; 0 if none
 * @param settled the sequence in the ledger now; 0 if the user has none and an operator must decide
 * @param kind the kind of difference
 */
public record Drift(String user, long claimed, long settled, Kind kind) {
  /** The kinds of drift. Each is settled in one way. */
  public enum Kind {
    /**
     * The ledger had given the promised number to another user: the user was moved to a free
     * number.
     */
    MOVED,
    /** The promise could not be kept because no number was left: the operator must decide. */
    UNSETTLED,
    /** The number was given, and no holder is known: kept as a void failure. */
    VOIDED,
    /** Redis had another number for the user than the ledger: the ledger's number counts. */
    RENUMBERED,
    /** The holder of a void number was found and has the number again. */
    RECLAIMED,
    /**
     * A node had seen {@code claimed} given, and no holder is known of the numbers above {@code
     * settled}: that many users whose issue was accepted may be missing.
     */
    UNACCOUNTED,
    /**
     * A node did not hand over in time: promises above {@code settled} that only this node knows
     * are missing.
     */
    SILENT;

    /** Whether an operator must look at it. */
    public boolean needsPerson() {
      return this != RENUMBERED && this != RECLAIMED;
    }

    /**
     * Whether it is a finding of the campaign. A silent node is one finding, however many campaigns
     * were resynced without it.
     */
    public boolean isOfCampaign() {
      return this != SILENT;
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
