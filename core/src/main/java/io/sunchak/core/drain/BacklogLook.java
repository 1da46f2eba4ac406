package io.sunchak.core.drain;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.gate.CheckRequests;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.Progress;
import io.sunchak.core.log.LogHeads;
import io.sunchak.core.log.LogHeads.Head;
import io.sunchak.core.log.LogHeads.Heads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds reservations that wait in the logs, whichever node accepted them, and logs that a node
 * which ended after its commit left untrimmed: reads the campaigns that are not over a page at a
 * time, with one query to each engine a page. A campaign that is over costs nothing. Campaigns
 * whose log and ledger do not fit together are passed to the serving loop. Not thread-safe,
 * blocking; throws what the ports throw.
 */
final class BacklogLook {
  /**
   * Campaigns a look, so that a look each second costs the same however many campaigns there are:
   * of 10,000, each is seen every 20 s. What this node accepts wakes its drain and waits for no
   * look.
   */
  static final int PAGE = 250;

  private final CampaignLedger campaigns;
  private final LogHeads logs;
  private final CheckRequests checks;
  private @Nullable CampaignId after;

  BacklogLook(CampaignLedger campaigns, LogHeads logs, CheckRequests checks) {
    this.campaigns = campaigns;
    this.logs = logs;
    this.checks = checks;
  }

  private record Waiting(CampaignId campaign, long backlog) {}

  /**
   * The campaigns of the next page that have a backlog, the largest backlog first.
   *
   * @param drained whether a loop drains the campaign already. The loop detects a disagreement by
   *     itself, and while it is busy, the values compared here may be of different moments
   */
  List<CampaignId> next(Predicate<CampaignId> drained) {
    List<Progress> page = campaigns.living(after, PAGE);
    after = page.size() < PAGE ? null : page.getLast().campaign().id();
    return page.isEmpty() ? List.of() : compare(page, drained);
  }

  private List<CampaignId> compare(List<Progress> page, Predicate<CampaignId> drained) {
    Heads heads = logs.heads(page.stream().map(living -> living.campaign().id()).toList());
    List<Waiting> waiting = new ArrayList<>();
    List<Campaign> over = new ArrayList<>();
    for (Progress living : page) {
      CampaignId id = living.campaign().id();
      Head head = heads.of().get(id);
      if (head == null || !fits(living, head)) {
        if (!drained.test(id)) {
          checks.checkSoon(id);
        }
      } else if (head.sequence() > living.cursor() || head.drained() < living.cursor()) {
        waiting.add(new Waiting(id, head.sequence() - living.cursor()));
      } else if (isOver(living.campaign(), head, heads.at())) {
        over.add(living.campaign());
      }
    }
    if (!over.isEmpty()) {
      campaigns.end(over);
    }
    waiting.sort(Comparator.comparingLong(Waiting::backlog).reversed());
    return waiting.stream().map(Waiting::campaign).toList();
  }

  private static boolean fits(Progress living, Head head) {
    return !living.rebuilding()
        && !head.fenced()
        && head.epoch() == living.epoch()
        && head.holders() == head.sequence()
        && head.sequence() >= living.cursor();
  }

  /** Whether the campaign accepts nobody any more, by Redis' clock and under this config. */
  private static boolean isOver(Campaign campaign, Head head, Instant at) {
    boolean closed =
        campaign.state() == CampaignState.CLOSED || !at.isBefore(campaign.window().closesAt());
    return closed && head.version() == campaign.version();
  }
}
