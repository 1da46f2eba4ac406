package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What operators did, and who: written once, never changed. Thread-safe, blocking; throws {@link
 * LedgerException} when it fails.
 */
public interface AuditLedger {

  /** The acts that change something. */
  enum Action {
    CAMPAIGN_CREATED,
    CAMPAIGN_CHANGED,
    CAMPAIGN_PAUSED,
    CAMPAIGN_RESUMED,
    CAMPAIGN_CLOSED,
    DRAIN_RESUMED,
    FAILURE_REPLAYED,
    FAILURES_REPLAYED,
    FAILURE_DISCARDED,
    RECONCILED,
    DROP_STARTED
  }

  /**
   * One act.
   *
   * @param actor the subject of the token that was used
   * @param campaign null when it concerns no single one
   * @param detail a short text for a person
   */
  record Act(String actor, Action action, @Nullable CampaignId campaign, String detail) {}

  /** An act as it was written down. */
  record Entry(long id, Instant at, Act act) {}

  void write(Act act);

  /**
   * Does {@code work} and writes down what it came to in the same transaction, so that there is
   * neither without the other. Only the ledger's own methods take part in it.
   *
   * @param act of the result; null when nothing was changed
   */
  <T> T recorded(Supplier<T> work, Function<T, @Nullable Act> act);

  /**
   * The newest first.
   *
   * @param campaign null for all
   * @param before only entries with a lower id
   */
  List<Entry> page(@Nullable CampaignId campaign, long before, int limit);
}
