package io.sunchak.ledger.failures;

import static io.sunchak.core.testing.LedgerContract.ACCEPTED_AT;
import static io.sunchak.core.testing.LedgerContract.arrived;
import static io.sunchak.core.testing.LedgerContract.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Holding;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.core.ledger.AuditLedger.Act;
import io.sunchak.core.ledger.AuditLedger.Action;
import io.sunchak.core.ledger.CouponLedger.Counts;
import io.sunchak.core.ledger.FailureLedger;
import io.sunchak.core.ledger.FailureLedger.Filter;
import io.sunchak.core.ledger.FailureLedger.Kept;
import io.sunchak.core.ledger.FailureLedger.Replays;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.testing.LedgerContract;
import io.sunchak.ledger.audit.JdbcAuditLedger;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The failure queue on PostgreSQL: whatever is done to it, rows and failures stay 1..n. */
@ExtendWith(LedgerExtension.class)
final class FailureLedgerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final JdbcLedger ledger;
  private final FailureLedger failures;
  private final AuditLedger audits;
  private final CampaignId campaign;

  FailureLedgerIT(JdbcLedger ledger) {
    this.ledger = ledger;
    this.failures = new JdbcFailureLedger(ledger.database());
    this.audits = new JdbcAuditLedger(ledger.database());
    this.campaign = ledger.created(Stock.of(1_000));
  }

  /** Numbers 1 to 4: a coupon, two failures, a coupon. */
  @BeforeEach
  void drain() {
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann"));
    ledger.drain().appendFailure(campaign, 0, 1, one(0, 2, "bob"), "no space left");
    ledger.drain().appendFailure(campaign, 0, 2, one(0, 3, "two words"), "not a user's form");
    ledger.drain().append(campaign, 0, 3, arrived(0, 4, "cid"));
  }

  @Test
  void a_replayed_failure_is_the_coupon_that_was_promised() {
    List<Holding> before = ledger.held(campaign);

    assertThat(failures.replay(campaign, 2, "op")).isEqualTo(new FailureLedger.Issued("bob"));

    Coupon coupon = ledger.coupons().find(campaign, "bob").orElseThrow();
    assertThat(coupon.sequence()).isEqualTo(2);
    assertThat(coupon.acceptedAt()).isEqualTo(ACCEPTED_AT);
    assertThat(failures.find(campaign, 2)).isEmpty();
    assertThat(ledger.coupons().findFailure(campaign, "bob")).isEmpty();
    assertThat(ledger.held(campaign)).isEqualTo(before);
    assertThat(ledger.coupons().counts(campaign)).isEqualTo(new Counts(3, 1, 4));
    assertThat(acts())
        .containsExactly(new Act("op", Action.FAILURE_REPLAYED, campaign, "number 2, bob"));
  }

  @Test
  void replaying_twice_is_harmless() {
    failures.replay(campaign, 2, "op");

    assertThat(failures.replay(campaign, 2, "op"))
        .isEqualTo(new FailureLedger.AlreadyIssued("bob"));
    assertThat(acts()).hasSize(1);
  }

  @Test
  void what_the_ledger_still_refuses_stays_open_with_one_more_attempt() {
    Kept before = failures.find(campaign, 3).orElseThrow();

    assertThat(failures.replay(campaign, 3, "op"))
        .isInstanceOfSatisfying(
            FailureLedger.Refused.class,
            refused -> assertThat(refused.reason()).contains("coupon_user_form"));

    Kept after = failures.find(campaign, 3).orElseThrow();
    assertThat(after.attempts()).isEqualTo(before.attempts() + 1);
    assertThat(after.failure().reason()).contains("coupon_user_form");
    assertThat(after.failure().state()).isEqualTo("OPEN");
    assertThat(after.firstAt()).isEqualTo(before.firstAt());
    assertThat(after.lastAt()).isAfter(before.lastAt());
    assertThat(acts()).isEmpty();
  }

  @Test
  void a_discarded_failure_keeps_its_number_and_is_not_replayed() {
    Kept discarded = settled(failures.discard(campaign, 2, "a test account", "op"));

    assertThat(discarded.failure().state()).isEqualTo("DISCARDED");
    assertThat(failures.replay(campaign, 2, "op")).isEqualTo(new FailureLedger.Settled(discarded));
    assertThat(failures.discard(campaign, 2, "again", "other"))
        .isEqualTo(new FailureLedger.Settled(discarded));
    assertThat(ledger.coupons().counts(campaign)).isEqualTo(new Counts(2, 2, 4));
    assertThat(acts())
        .containsExactly(
            new Act("op", Action.FAILURE_DISCARDED, campaign, "number 2, bob: a test account"));
  }

  @Test
  void a_number_that_nobody_holds_is_neither_replayed_nor_discarded() {
    long epoch = ledger.resync().begin(campaign, 0);
    ledger
        .resync()
        .inAttempt(
            campaign,
            epoch,
            attempt -> {
              attempt.insertVoid(List.of(5L));
              attempt.moveCursor(5);
              return true;
            });

    assertThat(settled(failures.replay(campaign, 5, "op")).failure().state()).isEqualTo("VOID");
    assertThat(settled(failures.discard(campaign, 5, "no", "op")).failure().state())
        .isEqualTo("VOID");
    assertThat(acts()).isEmpty();
  }

  @Test
  void what_was_never_kept_is_absent_and_what_was_issued_is_not_discarded() {
    assertThat(failures.replay(campaign, 99, "op")).isEqualTo(new FailureLedger.Absent());
    assertThat(failures.discard(campaign, 99, "no", "op")).isEqualTo(new FailureLedger.Absent());
    assertThat(failures.discard(campaign, 1, "no", "op"))
        .isEqualTo(new FailureLedger.IssuedMeanwhile());
  }

  @Test
  void a_bulk_replay_issues_what_it_can_and_counts_the_rest() {
    ledger.drain().appendFailure(campaign, 0, 4, one(0, 5, "eve"), "no space left");

    assertThat(failures.replayAll(all(), 100, "op")).isEqualTo(new Replays(2, 1));

    assertThat(ledger.coupons().counts(campaign)).isEqualTo(new Counts(4, 1, 5));
    assertThat(failures.find(campaign, 3).orElseThrow().attempts()).isEqualTo(2);
    assertThat(acts())
        .containsExactly(
            new Act("op", Action.FAILURES_REPLAYED, campaign, "2 issued, 1 still refused"));
  }

  @Test
  void a_bulk_replay_takes_the_oldest_that_match_up_to_its_limit() {
    for (long n = 5; n <= 9; n++) {
      ledger.drain().appendFailure(campaign, 0, n - 1, one(0, n, "u" + n), "no space left");
    }
    Filter noSpace = new Filter(campaign, null, "no space");
    assertThat(failures.count(noSpace)).isEqualTo(6);

    assertThat(failures.replayAll(noSpace, 2, "op")).isEqualTo(new Replays(2, 0));

    assertThat(failures.page(noSpace, 0, 100))
        .extracting(kept -> kept.failure().sequence())
        .containsExactly(6L, 7L, 8L, 9L);
  }

  @Test
  void a_bulk_replay_goes_on_over_many_transactions() {
    int many = 600;
    for (long n = 5; n < 5 + many; n++) {
      ledger.drain().appendFailure(campaign, 0, n - 1, one(0, n, "u" + n), "no space left");
    }

    assertThat(failures.replayAll(all(), 10_000, "op")).isEqualTo(new Replays(many + 1, 1));

    assertThat(ledger.coupons().counts(campaign)).isEqualTo(new Counts(many + 3, 1, many + 4));
  }

  @Test
  void pages_come_in_the_order_of_keeping_and_by_what_is_asked_for() {
    failures.discard(campaign, 2, "no", "op");

    assertThat(sequences(all(), 0, 100)).containsExactly(2L, 3L);
    assertThat(sequences(all(), 0, 1)).containsExactly(2L);
    long first = failures.find(campaign, 2).orElseThrow().order();
    assertThat(sequences(all(), first, 100)).containsExactly(3L);
    assertThat(sequences(new Filter(campaign, "OPEN", null), 0, 100)).containsExactly(3L);
    assertThat(sequences(new Filter(campaign, null, "space"), 0, 100)).containsExactly(2L);
    assertThat(sequences(new Filter(campaign, null, "%"), 0, 100)).isEmpty();
    assertThat(failures.count(new Filter(campaign, "VOID", null))).isZero();
    assertThat(failures.findByUser(campaign, "two words")).isEqualTo(failures.find(campaign, 3));
  }

  @Test
  void nodes_that_replay_at_once_issue_each_exactly_once()
      throws InterruptedException, ExecutionException {
    int many = 300;
    for (long n = 5; n < 5 + many; n++) {
      ledger.drain().appendFailure(campaign, 0, n - 1, one(0, n, "u" + n), "no space left");
    }
    Filter noSpace = new Filter(campaign, null, "no space");

    List<Replays> results =
        LedgerContract.atOnce(4, () -> failures.replayAll(noSpace, 10_000, "op"));

    assertThat(results.stream().mapToInt(Replays::issued).sum()).isEqualTo(many + 1);
    assertThat(results).extracting(Replays::refused).containsOnly(0);
    assertThat(ledger.coupons().counts(campaign)).isEqualTo(new Counts(many + 3, 1, many + 4));
  }

  /** A resync believes that 1..n is held; a replay must never show it a hole or a second holder. */
  @Test
  void a_resync_never_sees_a_replay_half_done() {
    long last = 304;
    for (long n = 5; n <= last; n++) {
      ledger.drain().appendFailure(campaign, 0, n - 1, one(0, n, "u" + n), "no space left");
    }
    List<Holding> held = ledger.held(campaign);
    assertThat(held).hasSize((int) last);
    CompletableFuture<Void> replays =
        CompletableFuture.runAsync(() -> {
          for (long n = 5; n <= last; n++) {
            failures.replay(campaign, n, "op");
          }
        });
    List<String> seen = new ArrayList<>();
    int looks = 0;
    do {
      look(held, seen);
      looks++;
    } while (!replays.isDone());

    assertThat(replays).succeedsWithin(PATIENCE);
    assertThat(seen).isEmpty();
    assertThat(looks).isGreaterThan(5);
    assertThat(ledger.held(campaign)).isEqualTo(held);
  }

  private void look(List<Holding> held, List<String> seen) {
    ResyncLedger resync = ledger.resync();
    long epoch = resync.begin(campaign, 0);
    List<Long> numbers = held.stream().map(Holding::sequence).toList();
    resync.inAttempt(
        campaign,
        epoch,
        attempt -> {
          differ(seen, "holes", attempt.holes().size(), 0);
          differ(seen, "highest", attempt.highest(), (long) held.size());
          differ(seen, "holders", attempt.holders(numbers).size(), held.size());
          return true;
        });
    differ(seen, "missing", resync.missing(campaign, held).size(), 0);
    differ(seen, "held", resync.held(campaign, 0, 10_000), held);
    Counts counts = ledger.coupons().counts(campaign);
    differ(seen, "count", counts.rows() + counts.failures(), counts.cursor());
  }

  private static void differ(List<String> seen, String what, Object is, Object should) {
    if (!is.equals(should)) {
      seen.add(what + ": " + is);
    }
  }

  private Filter all() {
    return new Filter(campaign, null, null);
  }

  private List<Long> sequences(Filter filter, long after, int limit) {
    return failures.page(filter, after, limit).stream()
        .map(kept -> kept.failure().sequence())
        .toList();
  }

  /** Oldest first. */
  private List<Act> acts() {
    return audits.page(campaign, Long.MAX_VALUE, 100).reversed().stream()
        .map(AuditLedger.Entry::act)
        .toList();
  }

  private static Kept settled(Object result) {
    assertThat(result).isInstanceOf(FailureLedger.Settled.class);
    return ((FailureLedger.Settled) result).failure();
  }
}
