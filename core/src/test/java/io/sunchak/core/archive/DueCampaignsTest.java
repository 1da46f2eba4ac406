package io.sunchak.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is archived by the clock, when, and what waits. */
class DueCampaignsTest {
  private static final Duration OPEN = Duration.ofHours(1);
  private static final Duration AFTER = Duration.ofDays(30);

  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final InMemoryKeyspace keyspace = new InMemoryKeyspace(clock);
  private final ManualNode node = new ManualNode(ledger, keyspace, clock);
  private final List<Map<CampaignId, String>> waits = new ArrayList<>();
  private final DueCampaigns due = new DueCampaigns(AFTER, ledger, archiving(), clock, waits::add);

  @Test
  void its_end_and_the_time_after_it_must_have_passed() {
    CampaignId id = drained(campaign());
    clock.advance(OPEN.plus(AFTER).minusMillis(1));
    assertThat(due.archiveSome()).isFalse();
    assertThat(state(id)).isEqualTo(CampaignState.ACTIVE);

    clock.advance(Duration.ofMillis(1));
    due.archiveSome();
    assertThat(state(id)).isEqualTo(CampaignState.ARCHIVED);
    assertThat(keyspace.isArchived(id)).isTrue();
    assertThat(waits).containsExactly(Map.of(), Map.of());
  }

  @Test
  void few_are_archived_at_a_time_and_all_in_the_end() {
    List<CampaignId> ids =
        IntStream.range(0, DueCampaigns.A_ROUND * 2 + 1)
            .mapToObj(i -> drained(campaign()))
            .toList();
    clock.advance(OPEN.plus(AFTER));

    assertThat(due.archiveSome()).isTrue();
    assertThat(archived(ids)).isEqualTo(DueCampaigns.A_ROUND);
    assertThat(due.archiveSome()).isTrue();
    assertThat(due.archiveSome()).isFalse();
    assertThat(archived(ids)).isEqualTo(ids.size());
  }

  /** As many as are tried at a time, so that what waits would fill every round. */
  @Test
  void what_cannot_be_archived_yet_stops_nobody_and_is_tried_again() {
    List<CampaignId> undrained =
        IntStream.range(0, DueCampaigns.A_ROUND).mapToObj(i -> held(campaign())).toList();
    clock.advance(Duration.ofSeconds(1));
    CampaignId behind = drained(campaign());
    clock.advance(OPEN.plus(AFTER));

    assertThat(due.archiveSome()).isTrue();
    assertThat(waits).isEmpty();
    assertThat(due.archiveSome()).isFalse();
    assertThat(state(behind)).isEqualTo(CampaignState.ARCHIVED);
    assertThat(waits.getLast()).containsOnlyKeys(undrained);
    assertThat(waits.getLast().values()).allMatch(why -> why.contains("lacks reservations"));

    undrained.forEach(node::drain);
    due.archiveSome();
    due.archiveSome();
    assertThat(archived(undrained)).isEqualTo(undrained.size());
    assertThat(waits.getLast()).isEmpty();
  }

  @Test
  void one_that_fails_stops_nobody_and_is_named() {
    List<CampaignId> ids = IntStream.range(0, 3).mapToObj(i -> drained(campaign())).toList();
    clock.advance(OPEN.plus(AFTER));
    AtomicBoolean once = new AtomicBoolean();
    keyspace
        .reach()
        .interfere(step -> {
          if (step.call().equals("archive") && once.compareAndSet(false, true)) {
            throw new IllegalStateException("a defect");
          }
        });

    due.archiveSome();
    assertThat(archived(ids)).isEqualTo(2);
    assertThat(waits.getLast().values()).containsExactly("a defect");
  }

  @Test
  void while_the_ledger_is_away_it_ends_and_the_next_one_archives() {
    CampaignId id = drained(campaign());
    clock.advance(OPEN.plus(AFTER));
    ledger
        .reach()
        .interfere(step -> {
          throw new LedgerException("away", null);
        });
    assertThatThrownBy(due::archiveSome).isInstanceOf(LedgerException.class);
    ledger.reach().interfere(Interference.NONE);
    due.archiveSome();
    assertThat(state(id)).isEqualTo(CampaignState.ARCHIVED);
  }

  /** At each call of one, another node archives everything. */
  @Test
  void two_nodes_at_once_archive_each_campaign_once() {
    List<String> calls = new ArrayList<>();
    atEachCall(new ArrayList<>(), calls::add);
    assertThat(calls).contains("due", "head", "settled", "archive");
    for (int moment = 0; moment < calls.size(); moment++) {
      int at = moment;
      List<CampaignId> ids = new ArrayList<>();
      int[] seen = {0};
      atEachCall(
          ids,
          call -> {
            if (seen[0]++ == at) {
              ledger.reach().interfere(Interference.NONE);
              keyspace.reach().interfere(Interference.NONE);
              new DueCampaigns(AFTER, ledger, archiving(), clock, waits::add).archiveSome();
            }
          });
      assertThat(ids).hasSize(2);
      for (CampaignId id : ids) {
        assertThat(state(id)).as("before %s", calls.get(at)).isEqualTo(CampaignState.ARCHIVED);
        assertThat(ledger.find(id).orElseThrow().version()).isEqualTo(2);
        assertThat(ledger.stored(id).rows()).extracting("user").containsExactly("a");
        assertThat(keyspace.issued(id)).isEmpty();
      }
    }
  }

  private interface Call {
    void before(String name);
  }

  private void atEachCall(List<CampaignId> ids, Call other) {
    ids.add(drained(campaign()));
    ids.add(drained(campaign()));
    clock.advance(OPEN.plus(AFTER));
    Interference before =
        step -> {
          if (!step.done()) {
            other.before(step.call());
          }
        };
    ledger.reach().interfere(before);
    keyspace.reach().interfere(before);
    due.archiveSome();
    ledger.reach().interfere(Interference.NONE);
    keyspace.reach().interfere(Interference.NONE);
  }

  private Campaign campaign() {
    IssueWindow window = new IssueWindow(clock.instant(), clock.instant().plus(OPEN));
    return Campaigns.in(window, Stock.of(10));
  }

  private CampaignId held(Campaign campaign) {
    ledger.create(campaign);
    node.serve(campaign.id());
    node.issue(campaign.id(), "a").join();
    return campaign.id();
  }

  private CampaignId drained(Campaign campaign) {
    CampaignId id = held(campaign);
    node.drain(id);
    return id;
  }

  private Archiving archiving() {
    return new Archiving(ledger, keyspace, node);
  }

  private CampaignState state(CampaignId id) {
    return ledger.find(id).orElseThrow().state();
  }

  private long archived(List<CampaignId> ids) {
    return ids.stream().filter(id -> state(id) == CampaignState.ARCHIVED).count();
  }
}
