package io.sunchak.core.config;

import io.sunchak.core.Campaign;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undoes a change that the ledger holds and Redis may not hold. The undo has a further version, so
 * in Redis it prevails over the change if that still arrives. Thread-safe, blocking.
 */
final class ConfigUndo {
  private static final int TRIES = 10;

  private final CampaignLedger campaigns;

  ConfigUndo(CampaignLedger campaigns) {
    this.campaigns = campaigns;
  }

  /**
   * Undoes the change from {@code before} to {@code ours} and keeps what others changed since.
   *
   * @return false if the ledger did not confirm the undo: the change may still be in force
   */
  boolean undo(Campaign ours, Campaign before) {
    boolean undone = false;
    try {
      for (int i = 0; i < TRIES && !undone; i++) {
        Optional<Campaign> now = campaigns.find(ours.id());
        undone = now.isPresent() && replace(now.get(), without(ours, before, now.get()));
      }
    } catch (LedgerException away) {
      return false;
    }
    return undone;
  }

  private boolean replace(Campaign now, Campaign without) {
    return without.equals(now) || campaigns.change(now.version(), without).isPresent();
  }

  private static Campaign without(Campaign ours, Campaign before, Campaign now) {
    return new Campaign(
        now.id(),
        back(ours.name(), before.name(), now.name()),
        back(ours.stock(), before.stock(), now.stock()),
        back(ours.window(), before.window(), now.window()),
        back(ours.state(), before.state(), now.state()),
        back(ours.codes(), before.codes(), now.codes()),
        back(ours.validity(), before.validity(), now.validity()),
        back(ours.eligibility(), before.eligibility(), now.eligibility()),
        now.version());
  }

  private static <T extends @Nullable Object> T back(T ours, T before, T now) {
    return Objects.equals(now, ours) ? before : now;
  }
}
