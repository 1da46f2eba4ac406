package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.CouponIssuerContract;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The product's issuer keeps the contract on a real Redis. */
@ExtendWith(EnginesExtension.class)
final class GroupCommitIssuerIT implements CouponIssuerContract {
  private static final int CLIENTS = 64;
  private static final int USERS_A_CLIENT = 500;

  @AutoClose private static RedisStage stage;

  @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    stage = new RedisStage(1, RedisNode.Settings.of(engines.redisServerUri()));
  }

  @Override
  public IssueStage stage() {
    return checker.stage();
  }

  /**
   * Groups are sent by the threads of those who come and by the loop that reads the answers. If one
   * overtook another, Redis would seem to have lost what the later one was told first, and most
   * would be turned away until the campaign is checked again.
   */
  @Test
  void groups_reach_redis_in_their_order_whoever_sends_them() throws InterruptedException {
    Campaign campaign = Campaigns.open(CLIENTS * USERS_A_CLIENT);
    stage.create(campaign);
    Map<String, Integer> outcomes = new ConcurrentHashMap<>();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.add(Thread.startVirtualThread(() -> oneByOne(campaign, client, outcomes)));
    }
    for (Thread client : clients) {
      client.join();
    }

    assertThat(outcomes).containsExactly(Map.entry("Accepted", CLIENTS * USERS_A_CLIENT));
    assertThat(stage.ledger().head(campaign.id()).orElseThrow().epoch()).as("resyncs").isOne();
  }

  private void oneByOne(Campaign campaign, int client, Map<String, Integer> outcomes) {
    for (int i = 0; i < USERS_A_CLIENT; i++) {
      UserId user = new UserId("client-" + client + "-" + i);
      IssueOutcome outcome =
          stage.issuer().issue(new IssueRequest(campaign.id(), user)).toCompletableFuture().join();
      outcomes.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
    }
  }
}
