package io.sunchak.core.resync;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.ResyncLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the claims in Redis: what its log and its issued hash have and the ledger lacks. Each
 * chunk is compared with the ledger at once, so that only the differences are held in memory.
 */
final class ClaimsInRedis {
  private final CampaignId campaign;
  private final ResyncLedger ledger;
  private final long epoch;
  private final Instant now;
  private final Map<Holding, Reservation> missing = new LinkedHashMap<>();

  ClaimsInRedis(CampaignId campaign, ResyncLedger ledger, long epoch, Instant now) {
    this.campaign = campaign;
    this.ledger = ledger;
    this.epoch = epoch;
    this.now = now;
  }

  /** Adds log entries, which have a time of acceptance; to be called before {@link #addHeld}. */
  void addReserved(List<Reservation> reservations) {
    Map<Holding, Reservation> byHolding = new LinkedHashMap<>();
    reservations.forEach(r -> byHolding.putIfAbsent(new Holding(r.user(), r.sequence()), r));
    keepMissing(byHolding);
  }

  /** Adds holders. Their time of acceptance was lost with the log, so the current time is used. */
  void addHeld(List<Holding> holders) {
    Map<Holding, Reservation> byHolding = new LinkedHashMap<>();
    holders.forEach(
        one -> byHolding.putIfAbsent(one, new Reservation(epoch, one.sequence(), one.user(), now)));
    keepMissing(byHolding);
  }

  /** The claims, ascending by sequence. */
  List<Reservation> inOrder() {
    List<Reservation> ordered = new ArrayList<>(missing.values());
    ordered.sort(Comparator.comparingLong(Reservation::sequence));
    return ordered;
  }

  private void keepMissing(Map<Holding, Reservation> candidates) {
    if (!candidates.isEmpty()) {
      for (Holding holding : ledger.missing(campaign, candidates.keySet())) {
        Reservation reservation = candidates.get(holding);
        if (reservation != null) {
          missing.putIfAbsent(holding, reservation);
        }
      }
    }
  }
}
