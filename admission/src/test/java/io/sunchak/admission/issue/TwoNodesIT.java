package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.IssueOutcome.SoldOut;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Stock;
import io.sunchak.core.UserId;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.Contention;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes, each with issuer, serving loop and drain, on one Redis and one ledger. */
@ExtendWith(EnginesExtension.class)
final class TwoNodesIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long FIRST_SEED = 1_000;
  private static final int ROUNDS = Integer.getInteger("sunchak.contention.rounds", 10);
  @AutoClose private static RedisStage stage;

  @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    stage = new RedisStage(2, RedisNode.Settings.of(engines.redisServerUri()));
  }

  static LongStream seeds() {
    return LongStream.range(FIRST_SEED, FIRST_SEED + ROUNDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void twenty_times_the_stock_of_users_at_both_exhaust_it_exactly(long seed) {
    Contention contention = Contention.drawn(seed);
    checker.stage().create(contention.campaign());
    checker.demandMet(contention.campaign().id());
    List<CouponIssuer> nodes =
        stage.nodes().stream().map(node -> checker.recording(node.issuer())).toList();
    contention.fire(nodes).assertExhausted();
  }

  @Test
  void a_closed_node_answers_at_once_and_the_other_goes_on() {
    Campaign known = Campaigns.open(10);
    Campaign never = Campaigns.open(10);
    RedisNode leaving = stage.addNode();
    checker.stage().create(known);
    leaving.close();
    stage.nodes().remove(leaving);
    for (Campaign campaign : List.of(known, never)) {
      assertThat(issue(leaving.issuer(), campaign)).isInstanceOf(Unavailable.class);
    }
    assertThat(issue(checker.recording(), known)).isInstanceOf(Accepted.class);
  }

  /** The other node still repeats "sold out", and cannot know who was let in. */
  @Test
  void after_a_raise_a_new_holder_is_known_at_every_node() {
    Campaign campaign = Campaigns.open(1);
    checker.stage().create(campaign);
    CouponIssuer one = checker.recording(stage.nodes().getFirst().issuer());
    CouponIssuer other = checker.recording(stage.nodes().getLast().issuer());
    assertThat(issue(one, campaign, "first")).isInstanceOf(Accepted.class);
    for (int total = 2; total <= 4; total++) {
      for (int i = 0; i < 50; i++) {
        assertThat(issue(other, campaign, "stranger")).isEqualTo(new SoldOut());
      }
      Campaign raised = Campaigns.withStock(campaign, Stock.of(total));
      CompletableFuture<Campaign> change =
          CompletableFuture.supplyAsync(() -> checker.stage().change(raised));
      String user = "late-" + total;
      long version = total;
      await("the raise").atMost(LIMIT).until(() -> version(campaign) == version);
      await(user).atMost(LIMIT).until(() -> issue(one, campaign, user) instanceof Accepted);
      assertThat(issue(other, campaign, user)).isEqualTo(new AlreadyIssued(total));
      change.join();
    }
  }

  private static long version(Campaign campaign) {
    return stage.keyspace().facts(campaign.id()).orElseThrow().version();
  }

  private static IssueOutcome issue(CouponIssuer issuer, Campaign campaign) {
    return issue(issuer, campaign, "user");
  }

  private static IssueOutcome issue(CouponIssuer issuer, Campaign campaign, String user) {
    return issuer
        .issue(new IssueRequest(campaign.id(), new UserId(user)))
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }
}
