package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Anybody may name campaigns that do not exist, as often as they like, without any effect. */
@ExtendWith(EnginesExtension.class)
final class UnknownCampaignsIT {
  private static final int NAMES = 20_000;
  private static final Unavailable TOO_MANY = new Unavailable(Reason.OVERLOADED);

  @Test
  void names_that_are_no_campaign_make_no_lane_and_hold_up_no_campaign(EmbeddedEngines engines)
      throws Exception {
    try (RedisStage stage = new RedisStage(1, RedisNode.Settings.of(engines.redisUri()))) {
      Campaign known = Campaigns.open(10);
      stage.create(known);
      List<CompletableFuture<IssueOutcome>> answers =
          IntStream.range(0, NAMES).mapToObj(i -> press(stage, Campaigns.freshId())).toList();
      // Nobody told this node of it: it is found among all the names.
      Campaign other = Campaigns.open(10);
      stage.ledger().create(other);

      assertThat(press(stage, known.id()).get(5, TimeUnit.SECONDS)).isInstanceOf(Accepted.class);
      assertThat(answers)
          .extracting(answer -> answer.get(60, TimeUnit.SECONDS))
          .contains(new CampaignNotFound())
          .isSubsetOf(new CampaignNotFound(), TOO_MANY);
      // It has its first resync before.
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> press(stage, other.id()).get(5, TimeUnit.SECONDS) instanceof Accepted);
      assertThat(stage.node().issuer().lanes()).isEqualTo(2);
    }
  }

  private static CompletableFuture<IssueOutcome> press(RedisStage stage, CampaignId campaign) {
    return stage.issuer().issue(new IssueRequest(campaign, new UserId("u"))).toCompletableFuture();
  }
}
