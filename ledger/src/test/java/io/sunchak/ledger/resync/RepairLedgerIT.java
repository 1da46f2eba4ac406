package io.sunchak.ledger.resync;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.Drift.Kind;
import io.sunchak.core.ledger.PromiseLedger.Rebuilding;
import io.sunchak.core.ledger.RepairLedger;
import io.sunchak.core.ledger.RepairLedger.Entry;
import io.sunchak.core.ledger.RepairLedger.Repair;
import io.sunchak.core.ledger.RepairLedger.SilentNode;
import io.sunchak.core.ledger.RepairSummary;
import io.sunchak.core.ledger.RepairSummary.Missing;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What resyncs found, read from PostgreSQL. */
@ExtendWith(LedgerExtension.class)
final class RepairLedgerIT {
  private final JdbcLedger ledger;
  private final RepairLedger repairs;
  private final CampaignId campaign;

  RepairLedgerIT(JdbcLedger ledger) {
    this.ledger = ledger;
    this.repairs = new JdbcRepairLedger(ledger.database());
    this.campaign = ledger.created(Stock.of(1_000));
  }

  @Test
  void a_campaign_of_which_nothing_was_found_has_no_entries() {
    assertThat(repairs.newest(campaign)).isEmpty();
    assertThat(repairs.page(campaign, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(repairs.newest(Long.MAX_VALUE, 1_000))
        .extracting(Repair::campaign)
        .doesNotContain(campaign);
  }

  @Test
  void pages_are_bounded_and_begin_with_the_newest_resync() {
    resynced(IntStream.rangeClosed(1, 25).mapToObj(i -> renumbered("u" + i)).toList());
    long second = resynced(List.of(renumbered("late")));

    List<String> seen = new ArrayList<>();
    List<Entry> page = repairs.page(campaign, Long.MAX_VALUE, 10);
    assertThat(page).hasSize(10);
    assertThat(page.getFirst().epoch()).isEqualTo(second);
    while (!page.isEmpty()) {
      page.forEach(entry -> seen.add(entry.drift().user()));
      page = repairs.page(campaign, page.getLast().id(), 10);
    }

    assertThat(seen).hasSize(26).doesNotHaveDuplicates().startsWith("late");
  }

  @Test
  void the_summary_is_the_one_of_the_list_itself() {
    List<Drift> found =
        List.of(
            new Drift("ann", 3, 5, Kind.MOVED),
            new Drift("bob", 9, 0, Kind.UNSETTLED),
            voided(6),
            voided(7),
            new Drift("n2", 12, 8, Kind.UNACCOUNTED),
            new Drift("n3", 0, 8, Kind.SILENT));
    long epoch = resynced(found);

    Repair newest = repairs.newest(campaign).orElseThrow();

    assertThat(newest.epoch()).isEqualTo(epoch);
    assertThat(newest.summary()).isEqualTo(RepairSummary.of(found));
    assertThat(newest.summary().missing()).contains(new Missing(7, 4));
    assertThat(repairs.newest(newest.last() + 1, 1))
        .singleElement()
        .extracting(Repair::summary)
        .as("the campaign's own findings")
        .isEqualTo(RepairSummary.of(found.subList(0, 5)));
  }

  @Test
  void a_resync_that_left_nothing_to_a_person_does_not_hide_one_that_did() {
    long first = resynced(List.of(voided(6), voided(7)));
    resynced(List.of(new Drift("ann", 7, 7, Kind.RECLAIMED)));

    Repair newest = repairs.newest(campaign).orElseThrow();

    assertThat(newest.epoch()).isEqualTo(first);
    assertThat(newest.summary().missing())
        .as("of two, one was taken back")
        .contains(new Missing(1, 5));

    long third = resynced(List.of(new Drift("bob", 6, 6, Kind.RECLAIMED)));
    assertThat(repairs.newest(campaign).orElseThrow().epoch()).isEqualTo(third);
    assertThat(repairs.newest(campaign).orElseThrow().summary().needsPerson()).isFalse();
  }

  @Test
  void campaigns_come_with_the_newest_finding_first() {
    CampaignId other = ledger.created(Stock.of(10));
    resynced(List.of(voided(1)));
    resynced(other, List.of(voided(1)));
    resynced(List.of(renumbered("ann")));

    assertThat(repairs.newest(Long.MAX_VALUE, 1_000))
        .extracting(Repair::campaign)
        .containsSubsequence(campaign, other)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_silent_node_is_listed_once_however_many_campaigns_were_resynced_without_it() {
    Drift silent = new Drift("dead-node", 0, 8, Kind.SILENT);
    List<CampaignId> others = Stream.generate(() -> ledger.created(Stock.of(10))).limit(4).toList();
    others.forEach(other -> resynced(other, List.of(silent)));
    resynced(others.getFirst(), List.of(silent));
    long moved = resynced(List.of(new Drift("ann", 3, 5, Kind.MOVED)));
    resynced(List.of(silent));

    assertThat(repairs.silentNodes(1_000))
        .filteredOn(one -> one.node().equals("dead-node"))
        .singleElement()
        .extracting(SilentNode::campaigns)
        .isEqualTo(5L);
    resynced(List.of(new Drift("dead-later", 0, 8, Kind.SILENT)));
    assertThat(repairs.silentNodes(1))
        .as("the last noticed first")
        .extracting(SilentNode::node)
        .containsExactly("dead-later");
    assertThat(repairs.newest(Long.MAX_VALUE, 1_000))
        .extracting(Repair::campaign)
        .doesNotContainAnyElementsOf(others)
        .contains(campaign);
    assertThat(repairs.newest(Long.MAX_VALUE, 1_000))
        .filteredOn(one -> one.campaign().equals(campaign))
        .singleElement()
        .as("the silent node does not hide who was moved")
        .extracting(Repair::epoch)
        .isEqualTo(moved);
  }

  @Test
  void a_campaign_where_all_else_is_settled_does_not_say_it_of_itself() {
    resynced(List.of(renumbered("ann"), new Drift("dead-node", 0, 8, Kind.SILENT)));

    assertThat(repairs.newest(Long.MAX_VALUE, 1_000))
        .filteredOn(one -> one.campaign().equals(campaign))
        .singleElement()
        .extracting(Repair::summary)
        .isEqualTo(RepairSummary.of(List.of(renumbered("ann"))));
  }

  @Test
  void the_campaigns_of_a_silent_node_are_listed_with_the_number_after_which_it_may_know_more() {
    CampaignId other = ledger.created(Stock.of(10));
    resynced(List.of(new Drift("gone", 0, 8, Kind.SILENT), voided(3)));
    resynced(other, List.of(new Drift("gone", 0, 5, Kind.SILENT)));
    resynced(ledger.created(Stock.of(10)), List.of(new Drift("another", 0, 5, Kind.SILENT)));

    List<Repair> first = repairs.withoutHandOverOf("gone", Long.MAX_VALUE, 1);
    List<Repair> second = repairs.withoutHandOverOf("gone", first.getLast().last(), 1);

    assertThat(first).singleElement().extracting(Repair::campaign).isEqualTo(other);
    assertThat(second).singleElement().extracting(Repair::campaign).isEqualTo(campaign);
    assertThat(second.getFirst().summary())
        .isEqualTo(RepairSummary.of(List.of(new Drift("gone", 0, 8, Kind.SILENT))));
    assertThat(repairs.withoutHandOverOf("gone", second.getLast().last(), 1)).isEmpty();
    assertThat(repairs.withoutHandOverOf("no\0body", Long.MAX_VALUE, 1)).isEmpty();
  }

  @Test
  void a_campaign_says_after_which_number_a_silent_node_may_know_more() {
    resynced(List.of(new Drift("dead-node", 0, 8, Kind.SILENT)));

    RepairSummary summary = repairs.newest(campaign).orElseThrow().summary();

    assertThat(summary.missing()).contains(new Missing(0, 8));
    assertThat(summary.nodes()).containsExactly("dead-node");
    assertThat(repairs.page(campaign, Long.MAX_VALUE, 10)).hasSize(1);
  }

  @Test
  void a_node_that_has_answered_is_silent_no_more_and_its_entry_stays() {
    Drift silent = new Drift("came-back", 0, 8, Kind.SILENT);
    CampaignId other = ledger.created(Stock.of(10));
    long moved = resynced(List.of(new Drift("ann", 3, 5, Kind.MOVED)));
    long epoch = resynced(List.of(silent));
    long open = resynced(other, List.of(silent));

    ledger.promises().answer(List.of(new Rebuilding(campaign, epoch)), "came-back");

    assertThat(repairs.silentNodes(1_000))
        .filteredOn(one -> one.node().equals("came-back"))
        .singleElement()
        .extracting(SilentNode::campaigns)
        .isEqualTo(1L);
    assertThat(repairs.withoutHandOverOf("came-back", Long.MAX_VALUE, 10))
        .extracting(Repair::campaign)
        .containsExactly(other);
    assertThat(repairs.newest(campaign).orElseThrow().epoch()).isEqualTo(moved);
    assertThat(repairs.page(campaign, Long.MAX_VALUE, 10))
        .extracting(Entry::drift)
        .contains(silent);

    ledger.promises().answer(List.of(new Rebuilding(other, open)), "came-back");
    assertThat(repairs.silentNodes(1_000)).extracting(SilentNode::node).doesNotContain("came-back");
    assertThat(repairs.newest(other)).isEmpty();
  }

  @Test
  void a_user_is_told_of_the_newest_finding_and_a_node_is_no_user() {
    resynced(List.of(new Drift("ann", 3, 5, Kind.MOVED), voided(6)));
    resynced(List.of(new Drift("ann", 3, 5, Kind.RENUMBERED), new Drift("n1", 0, 6, Kind.SILENT)));

    assertThat(repairs.ofUser(campaign, "ann").orElseThrow().drift().kind())
        .isEqualTo(Kind.RENUMBERED);
    assertThat(repairs.ofUser(campaign, "n1")).isEmpty();
    assertThat(repairs.ofUser(campaign, "void 6")).isEmpty();
    assertThat(repairs.ofUser(campaign, "bob")).isEmpty();
  }

  @Test
  void of_earlier_resyncs_only_the_newest_entries_are_kept() {
    resynced(manyRenumbered("old", JdbcAttempt.KEPT_DRIFT + 5));
    resynced(List.of(renumbered("late")));

    List<Entry> kept = repairs.page(campaign, Long.MAX_VALUE, 2 * JdbcAttempt.KEPT_DRIFT);

    assertThat(kept).hasSize(JdbcAttempt.KEPT_DRIFT + 1);
    assertThat(kept.getFirst().drift().user()).isEqualTo("late");
    assertThat(kept.getLast().drift().user()).isEqualTo("old6");
  }

  @Test
  void what_a_person_must_look_at_outlives_any_number_of_entries_that_need_none() {
    resynced(List.of(voided(5)));
    long open = resynced(List.of(voided(6), voided(7)));
    resynced(List.of(new Drift("ann", 7, 7, Kind.RECLAIMED), renumbered("early")));
    resynced(manyRenumbered("many", JdbcAttempt.KEPT_DRIFT));
    resynced(List.of(renumbered("late")));

    Repair newest = repairs.newest(campaign).orElseThrow();

    assertThat(newest.epoch()).isEqualTo(open);
    assertThat(newest.summary().missing()).contains(new Missing(1, 5));
    assertThat(repairs.page(campaign, Long.MAX_VALUE, 2 * JdbcAttempt.KEPT_DRIFT))
        .as("two void numbers, one taken back, the many and the last")
        .hasSize(2 + 1 + JdbcAttempt.KEPT_DRIFT + 1);
  }

  @Test
  void a_silent_node_does_not_end_what_a_person_must_look_at_before() {
    Drift silent = new Drift("dead-node", 0, 8, Kind.SILENT);
    long moved = resynced(List.of(new Drift("ann", 3, 5, Kind.MOVED)));
    resynced(List.of(silent));
    resynced(manyRenumbered("many", JdbcAttempt.KEPT_DRIFT));
    resynced(List.of(renumbered("late")));

    assertThat(repairs.newest(Long.MAX_VALUE, 1_000))
        .filteredOn(one -> one.campaign().equals(campaign))
        .extracting(Repair::epoch)
        .containsExactly(moved);
    assertThat(repairs.page(campaign, Long.MAX_VALUE, 2 * JdbcAttempt.KEPT_DRIFT))
        .extracting(Entry::drift)
        .contains(silent);
  }

  private static List<Drift> manyRenumbered(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> renumbered(prefix + i)).toList();
  }

  private static Drift voided(long number) {
    return new Drift("void " + number, 0, number, Kind.VOIDED);
  }

  private static Drift renumbered(String user) {
    return new Drift(user, 4, 3, Kind.RENUMBERED);
  }

  private long resynced(List<Drift> found) {
    return resynced(campaign, found);
  }

  private long resynced(CampaignId of, List<Drift> found) {
    long epoch = ledger.resync().begin(of, 0);
    assertThat(
            ledger
                .resync()
                .inAttempt(
                    of,
                    epoch,
                    attempt -> {
                      attempt.report(found);
                      return epoch;
                    }))
        .contains(epoch);
    return epoch;
  }
}
