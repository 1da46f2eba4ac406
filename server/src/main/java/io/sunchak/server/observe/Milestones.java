package io.sunchak.server.observe;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.OverviewLedger;
import io.sunchak.core.ledger.OverviewLedger.Given;
import io.sunchak.core.ledger.OverviewLedger.Standing;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a campaign's first and last coupon were given: asked for once, for what was given stays. Not
 * thread-safe, blocking.
 */
final class Milestones {
  private final OverviewLedger overview;
  private final Map<CampaignId, Instant> first = new HashMap<>();
  private final Map<CampaignId, Given> last = new HashMap<>();

  Milestones(OverviewLedger overview) {
    this.overview = overview;
  }

  @Nullable Instant firstAt(Standing standing) {
    CampaignId id = standing.campaign().id();
    Instant known = first.get(id);
    if (known != null || standing.cursor() == 0) {
      return known;
    }
    ask(() -> overview.lowest(id)).ifPresent(given -> first.put(id, given.acceptedAt()));
    return first.get(id);
  }

  @Nullable Instant soldOutAt(Standing standing) {
    CampaignId id = standing.campaign().id();
    if (standing.campaign().stock().covers(standing.cursor() + 1)) {
      last.remove(id);
      return null;
    }
    Given known = last.get(id);
    if (known == null || known.sequence() != standing.cursor()) {
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

  /** Forgets all others. */
  void keep(Collection<Standing> shown) {
    var ids = shown.stream().map(s -> s.campaign().id()).toList();
    first.keySet().retainAll(ids);
    last.keySet().retainAll(ids);
  }
}
