package io.sunchak.core.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CampaignKeeperTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualNode node = new ManualNode(ledger, keyspace, clock);
  private final Campaign campaign = Campaigns.open(10);
  private final CampaignKeeper keeper =
      new CampaignKeeper(node.verification(), ledger, KeeperListener.NONE, LoopListener.NONE);

  @AfterEach
  void stop() throws InterruptedException {
    interfere(Interference.NONE);
    assertThat(keeper.stop(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void at_the_start_every_campaign_is_opened() {
    Campaign second = Campaigns.open(10);
    ledger.create(campaign);
    ledger.create(second);
    keeper.start();
    soon().until(() -> isOpen(campaign) && isOpen(second));
  }

  @Test
  void a_campaign_is_opened_when_it_is_asked_for() {
    keeper.start();
    ledger.create(campaign);
    keeper.needed(campaign.id(), null);
    soon().until(() -> isOpen(campaign));
  }

  @Test
  void an_engine_that_is_away_is_tried_again_until_it_is_back() {
    ledger.create(campaign);
    AtomicInteger tries = new AtomicInteger();
    keyspace.reach().interfere(step -> tries.incrementAndGet());
    keyspace.reach().away(true);
    ledger.reach().away(true);
    keeper.start();
    keeper.needed(campaign.id(), null);
    ledger.reach().away(false);
    keyspace.reach().away(false);
    soon().until(() -> isOpen(campaign));
  }

  @Test
  void a_defect_in_a_look_ends_neither_the_worker_nor_the_campaigns_turn() {
    ledger.create(campaign);
    failFirst("begin", 3);
    keeper.start();
    soon().until(() -> isOpen(campaign));
  }

  @Test
  void a_defect_in_a_round_does_not_end_the_rounds() {
    ledger.create(campaign);
    failFirst("page", 1);
    keeper.start();
    soon().until(() -> isOpen(campaign));
  }

  @Test
  void a_listener_that_throws_ends_neither_the_workers_nor_the_campaigns_turn()
      throws InterruptedException {
    ledger.create(campaign);
    failFirst("begin", 6);
    CampaignKeeper deaf =
        new CampaignKeeper(
            node.verification(),
            ledger,
            new KeeperListener() {
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
  void a_defect_with_one_campaign_keeps_no_other_from_being_looked_at()
      throws InterruptedException {
    ledger.create(campaign);
    Campaign other = Campaigns.open(10);
    ledger.create(other);
    Campaign first = ledger.page(null, 1).getFirst();
    Campaign second = ledger.page(first.id(), 1).getFirst();
    failFirst("page", 1); // so that the round which looks at each comes at once
    CampaignKeeper halfBlind =
        new CampaignKeeper(
            node.verification(),
            new WithoutHeadOf(ledger, first.id()),
            KeeperListener.NONE,
            LoopListener.NONE);
    halfBlind.start();
    await().atMost(Duration.ofSeconds(8)).until(() -> isOpen(second));
    assertThat(halfBlind.stop(Duration.ofSeconds(20))).isTrue();
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

  /** A ledger in which a defect waits for whoever asks for one campaign's head. */
  private record WithoutHeadOf(CampaignLedger ledger, CampaignId broken) implements CampaignLedger {
    @Override
    public Optional<LedgerHead> head(CampaignId id) {
      if (id.equals(broken)) {
        throw new IllegalStateException("a defect in its head");
      }
      return ledger.head(id);
    }

    @Override
    public boolean create(Campaign campaign) {
      return ledger.create(campaign);
    }

    @Override
    public Optional<Campaign> find(CampaignId id) {
      return ledger.find(id);
    }

    @Override
    public List<Campaign> page(@Nullable CampaignId after, int limit) {
      return ledger.page(after, limit);
    }

    @Override
    public Optional<Campaign> change(long expectedVersion, Campaign changed) {
      return ledger.change(expectedVersion, changed);
    }

    @Override
    public void settle(CampaignId id, long version) {
      ledger.settle(id, version);
    }
  }

  private boolean isOpen(Campaign asked) {
    return node.issuer().isOpen(asked.id());
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
  }
}
