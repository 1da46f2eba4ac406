package io.sunchak.core.log;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The campaign's Redis stream, as the drain reads it. Thread-safe, blocking; throws {@link
 * LogException} when Redis fails.
 */
public interface ReservationLog {

  /**
   * Deletes the entries that the ledger has ({@code ≤ cursor}) and reads those that follow, in one
   * script.
   *
   * @param epoch the epoch of the ledger; the log must be of the same
   * @param last the ledger's row or failure at {@code cursor}, which Redis must have too; null if
   *     the cursor is 0
   */
  Page read(
      CampaignId campaign,
      String ledgerId,
      long epoch,
      long cursor,
      @Nullable Holding last,
      int max);

  /** The result of a read. */
  sealed interface Page {}

  /**
   * The entries {@code cursor+1 …} without a gap; empty if everything is drained.
   *
   * @param backlog how many reservations the log holds, those of this page included
   */
  record Entries(List<Reservation> reservations, long backlog) implements Page {}

  /**
   * Redis does not agree with the ledger: nothing was deleted, and nothing may be drained before a
   * resync.
   */
  record Disagrees(Disagreement why) implements Page {}
}
