package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The audit: who did what. Entries are written once and never changed, except by an {@link
 * ErasureLedger erasure}. Thread-safe, blocking; throws {@link LedgerException} when it fails.
 */
public interface AuditLedger {

  /** The acts that change something, of people and of a shop's programs. */
  enum Action {
    CAMPAIGN_CREATED,
    CAMPAIGN_CHANGED,
    CAMPAIGN_PAUSED,
    CAMPAIGN_RESUMED,
    CAMPAIGN_CLOSED,
    CAMPAIGN_ARCHIVED,
    DRAIN_RESUMED,
    FAILURE_REPLAYED,
    FAILURES_REPLAYED,
    FAILURE_DISCARDED,
    COUPONS_ISSUED,
    COUPON_REDEEMED,
    REDEMPTION_CANCELLED,
    COUPON_REVOKED,
    USER_ERASED,
    RECONCILED,
    DROP_STARTED
  }

  /**
   * One act.
   *
   * @param actor the subject of the token that was used
   * @param campaign null if it does not concern a single one
   * @param detail a short text for a person
   */
  record Act(String actor, Action action, @Nullable CampaignId campaign, String detail) {}

  /** An act as it is stored. */
  record Entry(long id, Instant at, Act act) {}

  void write(Act act);

  /**
   * Runs {@code work} and writes its audit entry in the same transaction, so that neither exists
   * without the other. Only calls of the ledger's own methods belong to that transaction.
   *
   * @param act makes the entry from the result; null if nothing was changed
   */
  <T> T recorded(Supplier<T> work, Function<T, @Nullable Act> act);

  /**
   * Reads entries, the newest first.
   *
   * @param campaign null for all
   * @param before only entries with a lower id
   */
  List<Entry> page(@Nullable CampaignId campaign, long before, int limit);
}
