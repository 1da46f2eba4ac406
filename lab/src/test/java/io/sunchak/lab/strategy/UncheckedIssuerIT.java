package io.sunchak.lab.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.Contention;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.judge.Invariant;
import io.sunchak.judge.Violation;
import io.sunchak.lab.redis.RedisClients;
import io.sunchak.lab.testing.LabStage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * V2: keeps the contract as long as its callers come one by one, and oversells when they do not.
 */
final class UncheckedIssuerIT extends StrategyContract {
  private static final int OVERLAPPING = 5;

  UncheckedIssuerIT() {
    super(Strategy.V2, Stack.SERVLET);
  }

  /** Where the others give exactly the stock. */
  @ParameterizedTest
  @ValueSource(longs = 1)
  @Override
  public void many_users_at_once_exhaust_the_stock_exactly(long seed) {
    Contention contention = Contention.drawn(seed);
    stage().create(contention.campaign());
    checker.exempt(contention.campaign().id());
    contention.fire(nodes());

    assertThat(stage().drained(contention.campaign().id()).rows())
        .hasSizeGreaterThan(contention.stock());
    assertThat(checker.verdict(contention.campaign().id()).violations())
        .extracting(Violation::invariant)
        .contains(Invariant.I1);
  }

  /**
   * The moment of acceptance is read from the clock between check and addition: a clock at which
   * all callers meet is all it takes.
   */
  @Test
  void five_that_have_all_checked_before_the_first_adds_get_five_coupons_of_one(
      EmbeddedEngines engines) throws Exception {
    Campaign campaign = Campaigns.open(1);
    stage().create(campaign);
    checker.exempt(campaign.id());
    List<IssueOutcome> outcomes = new ArrayList<>();
    try (RedisClients redis = new RedisClients(engines.redisUri());
        ExecutorService threads = Executors.newFixedThreadPool(OVERLAPPING)) {
      CouponIssuer issuer =
          new UncheckedIssuer(
              redis.blocking(),
              lab().node().settings().keys(),
              lab().node().campaigns(),
              meetingBeforeTheAddition());
      List<Future<IssueOutcome>> asked = new ArrayList<>();
      for (int i = 1; i <= OVERLAPPING; i++) {
        IssueRequest request = new IssueRequest(campaign.id(), new UserId("user-" + i));
        asked.add(threads.submit(() -> LabStage.get(issuer.issue(request))));
      }
      for (Future<IssueOutcome> answer : asked) {
        outcomes.add(answer.get(30, TimeUnit.SECONDS));
      }
    }

    assertThat(outcomes).hasSize(OVERLAPPING).allMatch(Accepted.class::isInstance);
    assertThat(stage().drained(campaign.id()).rows()).hasSize(OVERLAPPING);
  }

  /** Each thread reads it twice: for the window, and when it has found a coupon left. */
  private static InstantSource meetingBeforeTheAddition() {
    CyclicBarrier meeting = new CyclicBarrier(OVERLAPPING);
    Set<Thread> checking = ConcurrentHashMap.newKeySet();
    return () -> {
      if (!checking.add(Thread.currentThread())) {
        await(meeting);
      }
      return Instant.now();
    };
  }

  private static void await(CyclicBarrier meeting) {
    try {
      meeting.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
