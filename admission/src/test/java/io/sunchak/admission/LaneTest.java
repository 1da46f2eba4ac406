package io.sunchak.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.Witness;
import io.sunchak.core.align.Terms;
import io.sunchak.core.log.Disagreement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a lane does before it has ever been opened; the rest needs a Redis. */
final class LaneTest {
  private static final CampaignId CAMPAIGN = new CampaignId("c");

  private final List<CampaignId> asked = new ArrayList<>();
  private final Lane lane =
      new Lane(CAMPAIGN, new Unconnected(), new LocalRefusals(CAMPAIGN, id -> null, Runnable::run));

  @Test
  void a_request_for_a_campaign_that_nobody_has_looked_at_waits_and_asks_for_a_look() {
    assertThat(lane.offer("ann")).isNotNull().isNotDone();
    assertThat(asked).containsExactly(CAMPAIGN);
  }

  @Test
  void an_absent_campaign_is_told_so_until_its_second_is_over() {
    lane.absent(System.nanoTime() + Duration.ofHours(1).toNanos());

    assertThat(lane.offer("ann")).isCompletedWithValue(new CampaignNotFound());
    assertThat(lane.sweep(System.nanoTime())).isFalse();
  }

  @Test
  void a_lane_that_was_swept_away_takes_no_request_with_it() {
    lane.absent(System.nanoTime() - 1);

    assertThat(lane.sweep(System.nanoTime())).isTrue();
    assertThat(lane.offer("ann")).isNull();
  }

  @Test
  void a_lane_with_somebody_in_it_is_not_swept_away() {
    lane.absent(System.nanoTime() - 1);
    assertThat(lane.offer("ann")).isNotNull().isNotDone();

    assertThat(lane.sweep(System.nanoTime())).isFalse();
  }

  private final class Unconnected implements Lanes {
    @Override
    public Bounds bounds() {
      return new Bounds(10, Duration.ofHours(1));
    }

    @Override
    public boolean connected() {
      return false;
    }

    @Override
    public RedisLink.@Nullable Standing standing() {
      return null;
    }

    @Override
    public CompletionStage<String> reserve(
        RedisLink.Standing on, Terms terms, @Nullable Witness witness, List<String> users) {
      return CompletableFuture.failedFuture(new IllegalStateException("nothing can be sent"));
    }

    @Override
    public void attention(CampaignId campaign, @Nullable Disagreement why) {
      asked.add(campaign);
    }

    @Override
    public AdmissionListener listener() {
      return (campaign, users, accepted, nanos) -> {};
    }

    @Override
    public Reason shutReason() {
      return Reason.REDIS_DOWN;
    }
  }
}
