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
   * Trims what the ledger has ({@code ≤ cursor}) and reads what follows, in one script.
   *
   * @param epoch the epoch of the ledger; the log must be of the same
   * @param last the ledger's row or failure at {@code cursor}, which Redis must know too; null when
   *     the cursor is 0
   */
  Page read(
      CampaignId campaign,
      String ledgerId,
      long epoch,
      long cursor,
      @Nullable Holding last,
      int max);

  /** What the log says. */
  sealed interface Page {}

  /**
   * The entries {@code cursor+1 …} without a gap; empty when drained.
   *
   * @param backlog how many reservations the log holds, those of this page included
   */
  record Entries(List<Reservation> reservations, long backlog) implements Page {}

  /**
   * Redis is not what this ledger left: nothing was trimmed, nothing is to be drained before it
   * agrees again.
   */
  record Disagrees(Disagreement why) implements Page {}
}
