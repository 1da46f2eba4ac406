package io.sunchak.server.observe;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.OverviewLedger;
import io.sunchak.core.ledger.OverviewLedger.Given;
import io.sunchak.core.ledger.OverviewLedger.Summary;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a campaign's first and last coupon were given. Read once, because it does not change. Not
 * thread-safe, blocking.
 */
final class Milestones {
  private final OverviewLedger overview;
  private final Map<CampaignId, Instant> first = new HashMap<>();
  private final Map<CampaignId, Given> last = new HashMap<>();

  Milestones(OverviewLedger overview) {
    this.overview = overview;
  }

  @Nullable Instant firstAt(Summary summary) {
    CampaignId id = summary.campaign().id();
    Instant known = first.get(id);
    if (known != null || summary.cursor() == 0) {
      return known;
    }
    ask(() -> overview.lowest(id)).ifPresent(given -> first.put(id, given.acceptedAt()));
    return first.get(id);
  }

  @Nullable Instant soldOutAt(Summary summary) {
    CampaignId id = summary.campaign().id();
    if (summary.campaign().stock().covers(summary.cursor() + 1)) {
      last.remove(id);
      return null;
    }
    Given known = last.get(id);
    if (known == null || known.sequence() != summary.cursor()) {
      ask(() -> overview.highest(id)).ifPresent(given -> last.put(id, given));
    }
    Given now = last.get(id);
    return now == null ? null : now.acceptedAt();
  }

  private static Optional<Given> ask(Supplier<Optional<Given>> question) {
    try {
      return question.get();
    } catch (LedgerException away) {
      return Optional.empty();
    }
  }

  /** Drops all other campaigns. */
  void keep(Collection<Summary> shown) {
    var ids = shown.stream().map(s -> s.campaign().id()).toList();
    first.keySet().retainAll(ids);
    last.keySet().retainAll(ids);
  }
}
