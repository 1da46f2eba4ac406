package io.sunchak.server.http.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.CouponLedger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CommitWatchTest {
  private static final CampaignId BROKEN = new CampaignId("broken");
  private static final CampaignId WHOLE = new CampaignId("whole");

  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();

  @Test
  void a_defect_with_one_campaign_keeps_nobody_from_an_answer() {
    try (CommitWatch watch =
        new CommitWatch(
            NoCoupons.rows(new HalfBroken()), true, (loop, surprise) -> surprises.add(loop))) {
      for (int i = 0; i < 3; i++) {
        assertThat(watch.committed(request(BROKEN), 1).orTimeout(30, TimeUnit.SECONDS).join())
            .as("in time, though nothing could be read")
            .isEmpty();
        assertThat(watch.committed(request(WHOLE), 1).orTimeout(30, TimeUnit.SECONDS).join())
            .contains(new CommitWatch.Committed(Optional.empty()));
      }
    }
    assertThat(surprises).isNotEmpty().containsOnly("commit-watch");
  }

  private static IssueRequest request(CampaignId campaign) {
    return new IssueRequest(campaign, new UserId("ann"));
  }

  /** Has every row of one campaign, and a defect for the other. */
  private static final class HalfBroken implements CouponLedger {
    private final NoCoupons none = new NoCoupons();

    @Override
    public Set<Holding> committed(CampaignId campaign, Collection<Holding> asked) {
      if (campaign.equals(BROKEN)) {
        throw new IllegalStateException("a defect");
      }
      return Set.copyOf(asked);
    }

    @Override
    public Optional<Coupon> find(CampaignId campaign, String user) {
      return none.find(campaign, user);
    }

    @Override
    public Optional<Failure> findFailure(CampaignId campaign, String user) {
      return none.findFailure(campaign, user);
    }

    @Override
    public List<Coupon> page(CampaignId campaign, long after, int limit) {
      return none.page(campaign, after, limit);
    }

    @Override
    public Counts counts(CampaignId campaign) {
      return none.counts(campaign);
    }
  }
}
