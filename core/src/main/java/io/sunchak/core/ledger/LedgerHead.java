package io.sunchak.core.ledger;

import io.sunchak.core.Campaign;
import io.sunchak.core.Holding;
import org.jspecify.annotations.Nullable;

/**
 * The state of a campaign in the ledger that a node reads before it serves the campaign; one
 * consistent snapshot.
 *
 * @param ledgerId this database's identity, made by the first migration; keys in Redis that belong
 *     to another ledger are refused
 * @param epoch rises with every resync; 0 if the campaign was never opened
 * @param rebuilding whether a resync has begun and not finished
 * @param campaign the configuration with its version
 * @param cursor the last sequence that was moved from the log: rows ∪ failures are exactly
 *     1..cursor
 * @param last the row or failure with sequence {@code cursor}; null when the cursor is 0
 * @param witness the highest promise of this epoch that the ledger knows: {@code last}, or what a
 *     node reported (also of a later epoch, which a restored ledger has forgotten). A Redis that
 *     does not have it has lost data
 */
public record LedgerHead(
    String ledgerId,
    long epoch,
    boolean rebuilding,
    Campaign campaign,
    long cursor,
    @Nullable Holding last,
    @Nullable Holding witness) {

  public LedgerHead {
    assert last == null ? cursor == 0 : last.sequence() == cursor : "the cursor has no row";
  }

  /** This head with another version of the configuration. */
  public LedgerHead under(Campaign config) {
    return new LedgerHead(ledgerId, epoch, rebuilding, config, cursor, last, witness);
  }
}
