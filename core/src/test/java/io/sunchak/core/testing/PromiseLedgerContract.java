package io.sunchak.core.testing;

import static io.sunchak.core.testing.LedgerContract.arrived;
import static io.sunchak.core.testing.LedgerContract.holds;
import static io.sunchak.core.testing.LedgerContract.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.NodeName;
import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.PromiseLedger.Peer;
import io.sunchak.core.ledger.PromiseLedger.Rebuilding;
import io.sunchak.core.ledger.PromiseLedger.Sighting;
import io.sunchak.core.ledger.ResyncLedger.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What nodes may rely on when they tell each other what they promised. */
public interface PromiseLedgerContract extends LedgerContract {

  PromiseLedger promises();

  @Test
  default void a_resync_takes_what_was_handed_over_to_it_once() {
    CampaignId campaign = reopening();
    List<Reservation> promised = arrived(2, 1, "ann", "bob");

    assertThat(promises().handOver(campaign, 2, "n1", promised)).isTrue();
    assertThat(promises().handOver(campaign, 2, "n2", arrived(2, 2, "bob", "cid"))).isTrue();

    assertThat(inAttempt(campaign, Attempt::takeHandedOver))
        .extracting(Reservation::user)
        .contains("ann", "bob", "cid");
    assertThat(inAttempt(campaign, Attempt::takeHandedOver)).isEmpty();
  }

  @Test
  default void nothing_is_handed_over_to_a_resync_that_is_not_under_way() {
    CampaignId campaign = reopening();
    assertThat(promises().handOver(campaign, 1, "n1", arrived(1, 1, "ann"))).isFalse();
    assertThat(promises().handOver(campaign, 3, "n1", arrived(3, 1, "ann"))).isFalse();
    assertThat(resync().finish(campaign, 2)).isTrue();
    assertThat(promises().handOver(campaign, 2, "n1", arrived(2, 1, "ann"))).isFalse();
    assertThat(promises().handOver(Campaigns.freshId(), 2, "n1", List.of())).isFalse();

    resync().begin(campaign, 0);
    assertThat(resync().inAttempt(campaign, 3, Attempt::takeHandedOver)).contains(List.of());
  }

  @Test
  default void a_resync_cannot_finish_before_it_took_what_was_handed_over() {
    CampaignId campaign = reopening();
    promises().handOver(campaign, 2, "n1", arrived(2, 1, "ann"));

    assertThat(resync().finish(campaign, 2)).isFalse();
    assertThat(head(campaign).rebuilding()).isTrue();

    inAttempt(campaign, Attempt::takeHandedOver);
    assertThat(resync().finish(campaign, 2)).isTrue();
  }

  @Test
  default void what_an_attempt_took_is_there_again_when_it_fails() {
    CampaignId campaign = reopening();
    promises().handOver(campaign, 2, "n1", arrived(2, 1, "ann"));
    try {
      inAttempt(
          campaign,
          attempt -> {
            attempt.takeHandedOver();
            throw new IllegalStateException("in the middle");
          });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("in the middle");
    }
    assertThat(inAttempt(campaign, Attempt::takeHandedOver)).hasSize(1);
  }

  @Test
  default void peers_are_waited_for_until_they_have_handed_over() {
    CampaignId campaign = reopening();
    String me = name();
    String other = name();
    promises().report(me, "redis-1", List.of());
    promises().report(other, "redis-1", List.of());

    assertThat(waitedFor(campaign, 2, me)).contains(other).doesNotContain(me);
    promises().handOver(campaign, 2, other, List.of());
    assertThat(waitedFor(campaign, 2, me)).doesNotContain(other);
    resync().begin(campaign, 0);
    assertThat(waitedFor(campaign, 3, me)).contains(other);
    assertThat(promises().handOverNothing(List.of(new Rebuilding(campaign, 3)), other))
        .containsExactly(new Rebuilding(campaign, 3));
    assertThat(waitedFor(campaign, 3, me)).doesNotContain(other);
  }

  @Test
  default void a_process_that_another_one_follows_at_its_place_is_told_from_a_twin() {
    CampaignId campaign = reopening();
    String me = name();
    String place = name();
    String twin = NodeName.of(place, "twin");
    String ended = NodeName.of(place, "ended");
    promises().report(ended, "redis-1", List.of());
    assertThat(succeeded(campaign, me)).doesNotContain(ended);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          promises().report(NodeName.of(place, "next"), "redis-1", List.of());
          promises().report(NodeName.of(place + 1, "next"), "redis-1", List.of());
          promises().report(twin, "redis-1", List.of());
          return succeeded(campaign, me).contains(ended);
        });
    assertThat(waitedFor(campaign, 2, me)).contains(ended, twin);
    assertThat(succeeded(campaign, me)).doesNotContain(twin, NodeName.of(place, "next"));
  }

  private List<String> succeeded(CampaignId campaign, String me) {
    return promises().withoutHandOver(campaign, 2, me).stream()
        .filter(Peer::isSucceeded)
        .map(Peer::node)
        .toList();
  }

  @Test
  default void resyncs_that_are_over_are_told_nothing() {
    CampaignId over = reopening();
    resync().finish(over, 2);
    CampaignId overtaken = reopening();
    resync().begin(overtaken, 0);
    List<Rebuilding> asked =
        List.of(
            new Rebuilding(over, 2),
            new Rebuilding(overtaken, 2),
            new Rebuilding(Campaigns.freshId(), 2));

    assertThat(promises().handOverNothing(asked, name())).isEmpty();
    assertThat(promises().handOverNothing(List.of(), name())).isEmpty();
  }

  @Test
  default void a_node_answers_the_resyncs_that_found_it_silent() {
    String node = name();
    CampaignId campaign = silentTo(node);
    CampaignId other = silentTo(node);
    silentTo(name());

    assertThat(promises().unanswered(node))
        .containsExactlyInAnyOrder(new Rebuilding(campaign, 2), new Rebuilding(other, 2));

    promises().answer(List.of(new Rebuilding(campaign, 2), new Rebuilding(other, 1)), node);
    promises().answer(List.of(new Rebuilding(other, 2)), name());
    assertThat(promises().unanswered(node)).containsExactly(new Rebuilding(other, 2));
  }

  private CampaignId silentTo(String node) {
    CampaignId campaign = reopening();
    inAttempt(
        campaign,
        attempt -> {
          attempt.report(List.of(new Drift(node, 0, 4, Drift.Kind.SILENT)));
          return true;
        });
    return campaign;
  }

  @Test
  default void nodes_that_serve_by_another_redis_are_known() {
    String me = name();
    String there = name();
    String nowhere = name();
    String run = "redis-" + me;
    promises().report(me, run, List.of());
    promises().report(there, "another", List.of());
    promises().report(nowhere, "", List.of());

    assertThat(promises().elsewhere(run, me))
        .extracting(Peer::node)
        .contains(there)
        .doesNotContain(me, nowhere);
    promises().report(there, run, List.of());
    assertThat(promises().elsewhere(run, me)).extracting(Peer::node).doesNotContain(there);
  }

  @Test
  default void a_node_that_left_is_not_waited_for_and_what_it_left_is_taken() {
    CampaignId campaign = created(Stock.of(10));
    resync().begin(campaign, 0);
    resync().finish(campaign, 1);
    String me = name();
    String gone = name();
    promises().report(gone, "redis-1", List.of());
    promises().leave(gone, Map.of(campaign, arrived(1, 1, "ann")));

    resync().begin(campaign, 0);
    assertThat(waitedFor(campaign, 2, me)).doesNotContain(gone);
    assertThat(inAttempt(campaign, Attempt::takeHandedOver))
        .extracting(Reservation::user)
        .containsExactly("ann");
  }

  @Test
  default void resyncs_under_way_are_listed_but_for_a_campaigns_first() {
    CampaignId first = created(Stock.of(10));
    resync().begin(first, 0);
    CampaignId again = reopening();
    CampaignId done = reopening();
    resync().finish(done, 2);

    assertThat(promises().rebuilding(List.of(done)))
        .contains(new Rebuilding(again, 2))
        .extracting(Rebuilding::campaign)
        .doesNotContain(first, done);
    assertThat(promises().rebuilding(List.of(first))).contains(new Rebuilding(first, 1));
  }

  @Test
  default void the_highest_promise_of_the_epoch_is_the_heads_witness() {
    CampaignId campaign = created(Stock.of(10));
    resync().begin(campaign, 0);
    resync().finish(campaign, 1);
    drain().append(campaign, 1, 0, arrived(1, 1, "ann"));
    assertThat(head(campaign).witness()).isEqualTo(holds("ann", 1));

    promises().report("n1", "redis-1", List.of(seen(campaign, 1, "cid", 3)));
    promises().report("n2", "redis-1", List.of(seen(campaign, 1, "bob", 2)));
    assertThat(head(campaign).witness()).isEqualTo(holds("cid", 3));
    assertThat(head(campaign).last()).isEqualTo(holds("ann", 1));

    drain().append(campaign, 1, 1, arrived(1, 2, "bob", "cid", "dan"));
    assertThat(head(campaign).witness()).isEqualTo(holds("dan", 4));
  }

  @Test
  default void a_promise_of_a_later_epoch_is_the_witness_of_a_ledger_that_went_back() {
    CampaignId campaign = created(Stock.of(10));
    resync().begin(campaign, 0);
    resync().finish(campaign, 1);
    promises().report("n1", "redis-1", List.of(seen(campaign, 1, "ann", 5)));
    promises().report("n2", "redis-1", List.of(seen(campaign, 2, "bob", 1)));
    assertThat(head(campaign).witness()).isEqualTo(holds("bob", 1));
  }

  @Test
  default void what_the_ledger_has_is_tidied_away() {
    CampaignId campaign = created(Stock.of(10));
    resync().begin(campaign, 0);
    resync().finish(campaign, 1);
    drain().append(campaign, 1, 0, arrived(1, 1, "ann", "bob"));
    promises().report("n1", "redis-1", List.of(seen(campaign, 1, "bob", 2)));
    promises().report("n2", "redis-1", List.of(seen(campaign, 1, "dan", 4)));
    promises().report("n3", "redis-1", List.of(seen(campaign, 2, "eve", 1)));
    promises().leave("n4", Map.of(campaign, arrived(1, 2, "bob", "cid")));
    promises().leave("n5", Map.of(campaign, arrived(1, 2, "eve")));

    promises().tidy();

    resync().begin(campaign, 0);
    assertThat(inAttempt(campaign, Attempt::takeSightings)).isEqualTo(Map.of("n2", 4L, "n3", 1L));
    assertThat(inAttempt(campaign, Attempt::takeHandedOver))
        .extracting(one -> one.user() + one.sequence())
        .containsExactlyInAnyOrder("cid3", "eve2");
  }

  @Test
  default void an_attempt_takes_what_was_seen() {
    CampaignId campaign = reopening();
    promises().report("n1", "redis-1", List.of(seen(campaign, 1, "cid", 3)));
    promises().report("n2", "redis-1", List.of(seen(campaign, 1, "dan", 4)));
    promises().report("n3", "redis-1", List.of(seen(campaign, 2, "eve", 5)));

    assertThat(inAttempt(campaign, Attempt::takeSightings))
        .isEqualTo(Map.of("n1", 3L, "n2", 4L, "n3", 5L));
    assertThat(inAttempt(campaign, Attempt::takeSightings)).isEmpty();
    assertThat(head(campaign).witness()).isNull();
  }

  @Test
  default void a_void_number_can_be_given_back_to_its_holder() {
    CampaignId campaign = reopening();
    inAttempt(
        campaign,
        attempt -> {
          attempt.insert(List.of(one(2, 1, "ann")));
          attempt.insertVoid(List.of(2L, 3L));
          attempt.removeVoid(List.of(1L, 2L));
          attempt.insert(List.of(one(2, 2, "bob")));
          return true;
        });
    assertThat(held(campaign)).containsExactly(holds("ann", 1), holds("bob", 2), Holding.ofVoid(3));
  }

  /** A campaign that was open once, and is now being resynced in epoch 2. */
  private CampaignId reopening() {
    CampaignId campaign = created(Stock.of(10));
    resync().begin(campaign, 0);
    resync().begin(campaign, 0);
    return campaign;
  }

  private <T> T inAttempt(CampaignId campaign, Function<Attempt, T> work) {
    return resync().inAttempt(campaign, 2, work).orElseThrow();
  }

  private List<String> waitedFor(CampaignId campaign, long epoch, String node) {
    return promises().withoutHandOver(campaign, epoch, node).stream().map(Peer::node).toList();
  }

  private static Sighting seen(CampaignId campaign, long epoch, String user, long sequence) {
    return new Sighting(campaign, epoch, new Holding(user, sequence));
  }

  private static String name() {
    return "node-" + UUID.randomUUID();
  }
}
