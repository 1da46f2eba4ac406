package io.sunchak.core.align;

import io.sunchak.core.Campaign;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.CampaignKeyspace.Configured;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.LogException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operator's change of a campaign's stock, window, state or name, in three steps: the ledger
 * with a new version and the wider guard, Redis, the ledger's guard. A crash between them is mended
 * by any node's keeper. Thread-safe, blocking.
 *
 * <p>Throws {@link LedgerException} when the ledger fails at the first step: it may then have
 * happened or not; the version tells.
 */
public final class ConfigChange {
  private static final int UNDO_TRIES = 10;

  private final CampaignLedger campaigns;
  private final Attention attention;
  private final ConfigSync configs;

  public ConfigChange(CampaignLedger campaigns, CampaignKeyspace keyspace, Attention attention) {
    this.campaigns = campaigns;
    this.attention = attention;
    this.configs = new ConfigSync(campaigns, keyspace);
  }

  /** What a change came to. */
  public sealed interface Result {}

  /** Ledger and Redis hold it: every later reservation is decided by it. */
  public record Changed(Campaign campaign) implements Result {}

  /** The ledger holds it; Redis takes it as soon as it can, by the keeper. */
  public record Pending(Campaign campaign) implements Result {}

  /** The version is not the expected one any more; nothing was changed. */
  public record Stale() implements Result {}

  /** The stock is lower than {@code sequence}, which was given already; nothing is changed. */
  public record BelowSequence(long sequence) implements Result {}

  /** The ledger has no such campaign. */
  public record NotFound() implements Result {}

  /** Changes the campaign with {@code changed}'s id from {@code expectedVersion}. */
  public Result change(long expectedVersion, Campaign changed) {
    Optional<Campaign> before = campaigns.find(changed.id());
    if (before.isEmpty()) {
      return new NotFound();
    }
    if (before.get().version() != expectedVersion) {
      return new Stale();
    }
    return campaigns
        .change(expectedVersion, changed)
        .map(stored -> spread(stored, before.get()))
        .orElseGet(Stale::new);
  }

  private Result spread(Campaign stored, Campaign before) {
    try {
      return switch (apply(stored)) {
        case Configured.Applied _ -> new Changed(stored);
        case Configured.BelowSequence below when !stored.stock().equals(before.stock()) ->
            undo(stored, before, below.sequence());
        // Another one's stock, which that one undoes.
        case Configured.BelowSequence _ -> pending(stored, null);
        case Configured.Newer _ -> pending(stored, null);
        case Configured.Disagrees d -> pending(stored, d.why());
      };
    } catch (LogException | LedgerException late) {
      // The ledger holds the change, and the guard is still the wider one.
      return pending(stored, null);
    }
  }

  private Configured apply(Campaign stored) {
    Optional<LedgerHead> head = campaigns.head(stored.id());
    return configs.apply(head.orElseThrow(ConfigChange::vanished));
  }

  private Result undo(Campaign stored, Campaign before, long sequence) {
    boolean undone = false;
    for (int i = 0; i < UNDO_TRIES && !undone; i++) {
      Campaign now = campaigns.find(stored.id()).orElseThrow(ConfigChange::vanished);
      undone = campaigns.change(now.version(), without(stored, before, now)).isPresent();
    }
    try {
      apply(stored);
    } catch (LogException | LedgerException late) {
      attention.needed(stored.id(), null);
    }
    return new BelowSequence(sequence);
  }

  /**
   * What stands {@code now}, less what {@code ours} changed: another change may have come after.
   */
  private static Campaign without(Campaign ours, Campaign before, Campaign now) {
    return new Campaign(
        now.id(),
        back(ours.name(), before.name(), now.name()),
        back(ours.stock(), before.stock(), now.stock()),
        back(ours.window(), before.window(), now.window()),
        back(ours.state(), before.state(), now.state()),
        now.version());
  }

  private static <T> T back(T ours, T before, T now) {
    return now.equals(ours) ? before : now;
  }

  private Result pending(Campaign stored, @Nullable Disagreement why) {
    attention.needed(stored.id(), why);
    return new Pending(stored);
  }

  private static LedgerException vanished() {
    return new LedgerException("campaign vanished", null);
  }
}
