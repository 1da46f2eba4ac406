package io.sunchak.core.ledger;

import io.sunchak.core.Campaign;
import io.sunchak.core.Holding;
import org.jspecify.annotations.Nullable;

/**
 * What a node must read from the ledger before it may serve a campaign: one consistent snapshot.
 *
 * @param ledgerId this database's own identity, made once by the first migration; a Redis of
 *     another ledger is refused
 * @param epoch rises with every resync; 0 when the campaign was never opened
 * @param rebuilding a resync began and has not finished
 * @param campaign the configuration with its version
 * @param cursor the last sequence that was moved from the log: rows ∪ failures are exactly
 *     1..cursor
 * @param last the row or failure with sequence {@code cursor}; null when the cursor is 0
 * @param witness the highest promise of this epoch that the ledger knows of, {@code last} or what a
 *     node reported (of a later epoch, too, which only a ledger that went back has forgotten): a
 *     Redis without it has lost something
 */
public record LedgerHead(
    String ledgerId,
    long epoch,
    boolean rebuilding,
    Campaign campaign,
    long cursor,
    @Nullable Holding last,
    @Nullable Holding witness) {

  /** The same under another version of the configuration. */
  public LedgerHead under(Campaign config) {
    return new LedgerHead(ledgerId, epoch, rebuilding, config, cursor, last, witness);
  }
}
