package io.sunchak.core.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServingLoopTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualNode node = new ManualNode(ledger, keyspace, clock);
  private final Campaign campaign = Campaigns.open(10);
  private final CheckQueue checks = new CheckQueue();
  private final ServingLoop servingLoop =
      new ServingLoop(checks, node.servingCheck(), ledger, ServingListener.NONE, LoopListener.NONE);

  @AfterEach
  void stop() throws InterruptedException {
    interfere(Interference.NONE);
    assertThat(servingLoop.stop(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void at_the_start_every_campaign_is_opened() {
    Campaign second = Campaigns.open(10);
    ledger.create(campaign);
    ledger.create(second);
    servingLoop.start();
    soon().until(() -> isOpen(campaign) && isOpen(second));
  }

  @Test
  void a_campaign_is_opened_when_it_is_asked_for() {
    servingLoop.start();
    ledger.create(campaign);
    checks.checkNow(campaign.id(), null);
    soon().until(() -> isOpen(campaign));
  }

  @Test
  void an_engine_that_is_away_is_tried_again_until_it_is_back() {
    ledger.create(campaign);
    AtomicInteger tries = new AtomicInteger();
    keyspace.reach().interfere(step -> tries.incrementAndGet());
    keyspace.reach().away(true);
    ledger.reach().away(true);
    servingLoop.start();
    checks.checkNow(campaign.id(), null);
    ledger.reach().away(false);
    keyspace.reach().away(false);
    soon().until(() -> isOpen(campaign));
  }

  @Test
  void a_defect_in_a_look_ends_neither_the_worker_nor_the_campaigns_turn() {
    ledger.create(campaign);
    failFirst("begin", 3);
    servingLoop.start();
    soon().until(() -> isOpen(campaign));
  }

  @Test
  void a_defect_in_a_round_does_not_end_the_rounds() {
    ledger.create(campaign);
    failFirst("living", 1);
    servingLoop.start();
    soon().until(() -> isOpen(campaign));
  }

  @Test
  void a_listener_that_throws_ends_neither_the_workers_nor_the_campaigns_turn()
      throws InterruptedException {
    ledger.create(campaign);
    failFirst("begin", 6);
    ServingLoop deaf =
        new ServingLoop(
            new CheckQueue(),
            node.servingCheck(),
            ledger,
            new ServingListener() {
              @Override
              public void onError(CampaignId id, RuntimeException error) {
                throw new AssertionError("a defect in the listener");
              }
            },
            LoopListener.NONE);
    deaf.start();
    await().atMost(Duration.ofSeconds(8)).until(() -> isOpen(campaign));
    assertThat(deaf.stop(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void what_nobody_has_heard_of_is_found_out_with_one_question_of_many() {
    ledger.create(campaign);
    AtomicInteger questions = new AtomicInteger();
    checks.checkUnknown(campaign.id());
    IntStream.range(0, 500).forEach(i -> checks.checkUnknown(Campaigns.freshId()));
    ledger
        .reach()
        .interfere(step -> {
          if (!step.done() && (step.call().equals("known") || step.call().equals("head"))) {
            questions.incrementAndGet();
          }
        });
    servingLoop.start();
    soon().until(() -> isOpen(campaign));
    assertThat(questions).hasValueLessThan(20);
  }

  @Test
  void of_a_campaign_that_is_over_what_is_kept_may_go_and_of_the_others_not() {
    Campaign other = Campaigns.open(10);
    ledger.create(campaign);
    ledger.create(other);
    servingLoop.start();
    soon().until(() -> isOpen(campaign) && isOpen(other));
    ledger.end(List.of(campaign));
    soon().until(() -> node.issuer().isOver(campaign.id()));
    assertThat(node.issuer().isOver(other.id())).isFalse();
  }

  @Test
  void redis_settings_are_looked_at_each_second_and_what_is_unsafe_is_served_no_more() {
    ledger.create(campaign);
    servingLoop.start();
    soon().until(() -> isOpen(campaign));
    node.issuer().unsafe("appendonly is no");
    await().atMost(Duration.ofSeconds(3)).until(() -> !isOpen(campaign));
    node.issuer().unsafe(null);
    soon().until(() -> isOpen(campaign));
  }

  private void failFirst(String call, int times) {
    AtomicInteger left = new AtomicInteger(times);
    interfere(step -> {
      if (step.call().equals(call) && !step.done() && left.getAndDecrement() > 0) {
        throw new IllegalStateException("a defect");
      }
    });
  }

  private void interfere(Interference with) {
    ledger.reach().interfere(with);
    keyspace.reach().interfere(with);
  }

  private boolean isOpen(Campaign asked) {
    return node.issuer().isOpen(asked.id());
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
  }
}
