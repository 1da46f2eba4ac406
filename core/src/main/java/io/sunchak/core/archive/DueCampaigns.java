package io.sunchak.core.archive;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.loop.GuardedRound;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Archives the campaigns whose window has been over for a while, some at a time, in order of its
 * end. One that cannot be archived yet does not stop those behind it: it is tried again when all
 * have been tried. Not thread-safe.
 */
public final class DueCampaigns {
  /** So few that a drop beside them notices nothing. */
  static final int A_ROUND = 10;

  private final Duration after;
  private final CampaignLedger campaigns;
  private final Archiving archiving;
  private final InstantSource clock;
  private final ArchiveListener listener;
  private final Map<CampaignId, String> waiting = new HashMap<>();
  private @Nullable Campaign last;

  /**
   * Nothing is tried yet.
   *
   * @param after how long after its end a campaign is due
   * @param clock the one that decides when a campaign closes
   */
  public DueCampaigns(
      Duration after,
      CampaignLedger campaigns,
      Archiving archiving,
      InstantSource clock,
      ArchiveListener listener) {
    this.after = after;
    this.campaigns = campaigns;
    this.archiving = archiving;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Tries the next ones once each. Throws the last exception if three in a row fail, and goes on
   * behind them the next time.
   *
   * @return whether there are more that were not tried since the first one
   */
  public boolean archiveSome() {
    List<Campaign> due = campaigns.due(clock.instant().minus(after), last, A_ROUND);
    boolean more = due.size() == A_ROUND;
    last = more ? due.getLast() : null;
    new GuardedRound<>(this::archive, this::failed).over(due);
    if (!more) {
      listener.tried(Map.copyOf(waiting));
      waiting.clear();
    }
    return more;
  }

  private void archive(Campaign campaign) {
    String why =
        switch (archiving.archive(campaign.id())) {
          case Archiving.Done _, Archiving.NotFound _ -> null;
          case Archiving.NotClosed _ -> "Redis may still accept somebody";
          case Archiving.NotSettled _ ->
              "the ledger lacks reservations of it, or failures wait for an operator";
          case Archiving.Rebuilding _ -> "Redis and the ledger do not agree yet";
        };
    if (why != null) {
      waiting.put(campaign.id(), why);
    }
  }

  private void failed(Campaign campaign, RuntimeException failure) {
    waiting.put(campaign.id(), String.valueOf(failure.getMessage()));
  }
}
