package io.sunchak.core.testing;

import static io.sunchak.core.testing.LedgerContract.arrived;
import static io.sunchak.core.testing.LedgerContract.holds;
import static io.sunchak.core.testing.LedgerContract.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.ledger.ResyncLedger.Attempt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a resync may rely on. */
public interface ResyncLedgerContract extends LedgerContract {

  @Test
  default void an_attempt_begins_above_every_epoch_and_rebuilds() {
    CampaignId campaign = created(Stock.of(10));

    assertThat(resync().begin(campaign, 0)).isEqualTo(1);
    assertThat(resync().begin(campaign, 0)).isEqualTo(2);
    assertThat(resync().begin(campaign, 41)).isEqualTo(42);
    assertThat(resync().begin(campaign, 7)).isEqualTo(43);

    assertThat(head(campaign).epoch()).isEqualTo(43);
    assertThat(head(campaign).rebuilding()).isTrue();
  }

  @Test
  default void attempts_that_begin_at_once_have_different_epochs()
      throws InterruptedException, ExecutionException {
    CampaignId campaign = created(Stock.of(10));

    List<Long> epochs = LedgerContract.atOnce(4, () -> resync().begin(campaign, 0));

    assertThat(epochs).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    assertThat(drain().append(campaign, 4, 0, arrived(4, 1, "ann"))).isTrue();
  }

  @Test
  default void an_attempt_is_finished_by_its_own_epoch_only() {
    CampaignId campaign = created(Stock.of(10));
    resync().begin(campaign, 0);
    resync().begin(campaign, 0);

    assertThat(resync().finish(campaign, 1)).isFalse();
    assertThat(head(campaign).rebuilding()).isTrue();

    assertThat(resync().finish(campaign, 2)).isTrue();
    assertThat(head(campaign).rebuilding()).isFalse();
  }

  @Test
  default void the_lock_has_one_holder_for_each_campaign() {
    CampaignId campaign = created(Stock.of(10));
    ResyncLedger.Lock lock = resync().tryLock(campaign).orElseThrow();

    assertThat(resync().tryLock(campaign)).isEmpty();
    try (ResyncLedger.Lock other = resync().tryLock(created(Stock.of(10))).orElseThrow()) {
      assertThat(other).isNotSameAs(lock);
    }
    lock.close();

    resync().tryLock(campaign).orElseThrow().close();
  }

  @Test
  default void missing_are_those_without_exactly_this_user_and_number() {
    CampaignId campaign = created(Stock.of(10));
    drain().append(campaign, 0, 0, arrived(0, 1, "ann", "bob"));
    drain().appendFailure(campaign, 0, 2, one(0, 3, "two words"), "refused");
    List<Holding> lacking = List.of(holds("ann", 2), holds("Ann", 1), holds("cid", 4));
    List<Holding> known = List.of(holds("ann", 1), holds("bob", 2), holds("two words", 3));

    assertThat(resync().missing(campaign, known)).isEmpty();
    assertThat(resync().missing(campaign, lacking)).containsExactlyInAnyOrderElementsOf(lacking);
    assertThat(resync().missing(campaign, List.of())).isEmpty();
    assertThat(resync().missing(created(Stock.of(1)), known)).hasSameElementsAs(known);
  }

  @Test
  default void held_pages_rows_and_failures_together_in_order() {
    CampaignId campaign = created(Stock.of(10));
    drain().append(campaign, 0, 0, arrived(0, 1, "ann", "bob"));
    drain().appendFailure(campaign, 0, 2, one(0, 3, "two words"), "refused");
    drain().append(campaign, 0, 3, arrived(0, 4, "cid"));

    assertThat(resync().held(campaign, 0, 2)).containsExactly(holds("ann", 1), holds("bob", 2));
    assertThat(resync().held(campaign, 2, 2))
        .containsExactly(holds("two words", 3), holds("cid", 4));
    assertThat(resync().held(campaign, 4, 2)).isEmpty();
  }

  @Test
  default void an_attempt_knows_what_the_ledger_has() {
    CampaignId campaign = begun(Stock.of(10));
    drain().append(campaign, 1, 0, arrived(1, 1, "ann", "bob"));
    drain().appendFailure(campaign, 1, 2, one(1, 3, "two words"), "refused");

    inAttempt(
        campaign,
        attempt -> {
          assertThat(attempt.stock()).isEqualTo(Stock.of(10));
          assertThat(attempt.highest()).isEqualTo(3);
          assertThat(attempt.holders(List.of(1L, 3L, 4L)))
              .isEqualTo(Map.of(1L, "ann", 3L, "two words"));
          assertThat(attempt.numbers(List.of("bob", "two words", "Bob")))
              .isEqualTo(Map.of("bob", 2L, "two words", 3L));
          assertThat(attempt.holes()).isEmpty();
        });
  }

  @Test
  default void an_attempt_on_an_empty_campaign_knows_nothing() {
    inAttempt(
        begun(Stock.unlimited()),
        attempt -> {
          assertThat(attempt.stock()).isEqualTo(Stock.unlimited());
          assertThat(attempt.highest()).isZero();
          assertThat(attempt.holders(List.of(1L))).isEmpty();
          assertThat(attempt.numbers(List.of("ann"))).isEmpty();
          assertThat(attempt.holes()).isEmpty();
        });
  }

  @Test
  default void an_attempt_writes_out_of_order_and_fills_every_hole() {
    CampaignId campaign = begun(Stock.of(10));

    inAttempt(
        campaign,
        attempt -> {
          attempt.insert(List.of(one(1, 7, "gus"), one(1, 2, "bob")));
          attempt.insertFailures(List.of(one(1, 5, "two words")), "not storable");
          assertThat(attempt.holes()).containsExactly(1L, 3L, 4L, 6L);
          attempt.insertVoid(List.of(1L, 3L, 4L, 6L));
          assertThat(attempt.holes()).isEmpty();
          attempt.moveCursor(7);
        });

    assertThat(held(campaign))
        .containsExactly(
            Holding.ofVoid(1),
            holds("bob", 2),
            Holding.ofVoid(3),
            Holding.ofVoid(4),
            holds("two words", 5),
            Holding.ofVoid(6),
            holds("gus", 7));
    assertThat(head(campaign).cursor()).isEqualTo(7);
    assertThat(head(campaign).last()).isEqualTo(holds("gus", 7));
  }

  @Test
  default void an_attempt_goes_on_after_a_refused_row_and_has_none_of_its_company() {
    CampaignId campaign = begun(Stock.of(10));

    inAttempt(
        campaign,
        attempt -> {
          attempt.insert(List.of(one(1, 1, "ann")));
          assertThatThrownBy(() -> attempt.insert(arrived(1, 2, "bob", "two words")))
              .isInstanceOf(LedgerException.Rejected.class);
          assertThat(attempt.highest()).isEqualTo(1);
          attempt.insert(List.of(one(1, 2, "bob")));
          attempt.insertFailures(List.of(one(1, 3, "two words")), "refused");
        });

    assertThat(held(campaign))
        .containsExactly(holds("ann", 1), holds("bob", 2), holds("two words", 3));
  }

  @Test
  default void work_returns_its_result() {
    assertThat(resync().inAttempt(begun(Stock.of(1)), 1, Attempt::highest)).contains(0L);
  }

  @Test
  default void an_attempt_that_was_superseded_or_finished_does_not_run() {
    CampaignId superseded = begun(Stock.of(10));
    resync().begin(superseded, 0);
    CampaignId finished = begun(Stock.of(10));
    resync().finish(finished, 1);

    assertThat(resync().inAttempt(superseded, 1, ResyncLedgerContract::write)).isEmpty();
    assertThat(resync().inAttempt(finished, 1, ResyncLedgerContract::write)).isEmpty();
    assertThat(resync().inAttempt(Campaigns.freshId(), 1, ResyncLedgerContract::write)).isEmpty();

    assertEmpty(superseded);
    assertEmpty(finished);
  }

  @Test
  default void an_attempt_whose_work_throws_writes_nothing() {
    CampaignId campaign = begun(Stock.of(10));

    assertThatThrownBy(() ->
            resync()
                .inAttempt(
                    campaign,
                    1,
                    attempt -> {
                      write(attempt);
                      throw new IllegalStateException("in the middle");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("in the middle");

    assertEmpty(campaign);
  }

  @Test
  default void an_attempt_that_meets_a_taken_number_writes_nothing() {
    CampaignId campaign = begun(Stock.of(10));

    assertThatThrownBy(() ->
            inAttempt(
                campaign,
                attempt -> {
                  write(attempt);
                  attempt.insert(List.of(one(1, 1, "bob")));
                }))
        .isInstanceOf(LedgerException.Duplicate.class);

    assertEmpty(campaign);
  }

  @Test
  default void an_attempt_cannot_exceed_the_stock_either() {
    CampaignId campaign = begun(Stock.of(2));

    assertThatThrownBy(() -> inAttempt(campaign, a -> a.insert(arrived(1, 2, "bob", "cid"))))
        .isInstanceOf(LedgerException.Permanent.class);

    assertEmpty(campaign);
  }

  private CampaignId begun(Stock stock) {
    CampaignId campaign = created(stock);
    resync().begin(campaign, 0);
    return campaign;
  }

  private void inAttempt(CampaignId campaign, Consumer<Attempt> work) {
    Optional<Boolean> ran =
        resync()
            .inAttempt(
                campaign,
                1,
                attempt -> {
                  work.accept(attempt);
                  return true;
                });
    assertThat(ran).contains(true);
  }

  private static boolean write(Attempt attempt) {
    attempt.insert(List.of(one(1, 1, "ann")));
    attempt.insertVoid(List.of(2L));
    attempt.moveCursor(2);
    return true;
  }
}
