package io.sunchak.core.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Reservation;
import io.sunchak.core.drain.BatchWriter.TooManyBad;
import io.sunchak.core.drain.BatchWriter.Written;
import io.sunchak.core.ledger.Bisection;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.Interference;
import io.sunchak.core.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final List<String> failures = new ArrayList<>();
  private final BatchWriter writer = new BatchWriter(ledger, hears());
  private final CampaignId id = created();

  @BeforeEach
  void refuseBadUsers() {
    ledger.poison(row -> row.user().startsWith("bad"));
  }

  @Test
  void a_good_batch_is_one_transaction() {
    AtomicInteger calls = new AtomicInteger();
    ledger.reach().interfere(step -> calls.addAndGet(step.done() ? 0 : 1));
    assertThat(write(0, "a", "b", "c")).isEqualTo(new Written(3, 0, 3, false));
    assertThat(calls).hasValue(1);
    assertRows("a", "b", "c");
  }

  @Test
  void a_bad_row_is_kept_as_a_failure_and_the_others_are_written() {
    assertThat(write(0, "a", "bad", "c")).isEqualTo(new Written(2, 1, 1, false));
    assertRows("a", "c");
    assertThat(ledger.stored(id).failures()).extracting(Failure::sequence).containsExactly(2L);
    assertThat(failures).containsExactly("bad");
    assertThat(ledger.counts(id).cursor()).isEqualTo(3);
  }

  @Test
  void one_bad_row_among_a_thousand_costs_a_handful_of_transactions() {
    CampaignId big = created(1_000);
    AtomicInteger calls = new AtomicInteger();
    ledger.reach().interfere(step -> calls.addAndGet(step.done() ? 0 : 1));
    assertThat(writer.write(big, 0, 0, batch(0, many("a", 700, "bad", 1, "c", 299))))
        .isEqualTo(new Written(999, 1, 250, false));
    assertThat(calls.get()).isLessThan(25);
  }

  @Test
  void a_cursor_that_has_moved_is_overtaken() {
    write(0, "a");
    assertThat(write(0, "a")).isEqualTo(new Written(0, 0, 0, true));
    assertRows("a");
  }

  @Test
  void a_batch_that_is_overtaken_among_its_rows_tells_how_far_it_got() {
    overtakeBefore("append", 5); // the whole, a, bad and c, bad, c
    assertThat(write(0, "a", "bad", "c")).isEqualTo(new Written(1, 1, 1, true));
    assertRows("a", "other");
  }

  @Test
  void a_failure_that_another_node_kept_first_is_overtaken_too() {
    overtakeBefore("appendFailure", 1);
    assertThat(write(0, "a", "bad", "c")).isEqualTo(new Written(1, 0, 1, true));
    assertThat(failures).isEmpty();
  }

  @Test
  void the_eleventh_bad_row_in_a_row_is_not_kept_and_ends_the_batch() {
    assertThatThrownBy(() -> write(0, many("a", 1, "bad", 11, "c", 1)))
        .asInstanceOf(type(TooManyBad.class))
        .extracting(TooManyBad::before)
        .isEqualTo(new Written(1, Bisection.MAX_BAD_IN_A_ROW, 1, false));
    assertThat(ledger.counts(id).cursor()).isEqualTo(11);
  }

  @Test
  void a_good_row_begins_the_count_anew_within_a_batch_and_between_two() {
    assertThat(write(0, many("bad", 10, "a", 1, "bad-again", 10)))
        .isEqualTo(new Written(1, 20, 1, false));
    assertThat(write(21, "b")).isEqualTo(new Written(1, 0, 1, false));
    assertThat(write(22, many("bad-once-more", 10))).isEqualTo(new Written(0, 10, 1, false));
  }

  @Test
  void bad_rows_are_counted_across_batches_and_for_each_campaign() {
    write(0, many("bad", 6));
    CampaignId another = created();
    assertThat(writer.write(another, 0, 0, batch(0, many("bad", 10))))
        .isEqualTo(new Written(0, 10, 1, false));
    assertThatThrownBy(() -> write(6, many("bad-too", 6)))
        .asInstanceOf(type(TooManyBad.class))
        .extracting(TooManyBad::before)
        .isEqualTo(new Written(0, 4, 1, false));
  }

  @Test
  void what_is_forgotten_is_not_counted() {
    write(0, many("bad", 10));
    writer.forget(id);
    assertThat(write(10, many("bad-too", 10))).isEqualTo(new Written(0, 10, 1, false));
  }

  @Test
  void any_other_trouble_is_the_callers() {
    ledger.reach().away(true);
    assertThatThrownBy(() -> write(0, "a")).isExactlyInstanceOf(LedgerException.class);
    ledger.reach().away(false);
    assertThatThrownBy(() -> write(0, "a", "a")).isInstanceOf(LedgerException.Duplicate.class);
    assertRows();
  }

  /** Another node is quicker with the next number, just before the {@code nth} such call. */
  private void overtakeBefore(String call, int nth) {
    AtomicInteger calls = new AtomicInteger();
    ledger
        .reach()
        .interfere(step -> {
          if (step.call().equals(call) && !step.done() && calls.incrementAndGet() == nth) {
            ledger.reach().interfere(Interference.NONE);
            ledger.append(
                id, 0, ledger.counts(id).cursor(), batch(ledger.counts(id).cursor(), "other"));
          }
        });
  }

  private CampaignId created() {
    return created(100);
  }

  private CampaignId created(long stock) {
    Campaign campaign = Campaigns.open(stock);
    ledger.create(campaign);
    return campaign.id();
  }

  private DrainListener hears() {
    return new DrainListener() {
      @Override
      public void onFailure(CampaignId campaign, Reservation reservation, String reason) {
        failures.add(reservation.user());
      }
    };
  }

  private Written write(long cursor, String... users) {
    return writer.write(id, 0, cursor, batch(cursor, users));
  }

  private List<Reservation> batch(long cursor, String... users) {
    List<Reservation> batch = new ArrayList<>();
    for (String user : users) {
      batch.add(new Reservation(0, cursor + 1 + batch.size(), user, clock.instant()));
    }
    return batch;
  }

  /** {@code name, count, name, count, …}: so many users of each name. */
  private static String[] many(Object... counted) {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < counted.length; i += 2) {
      for (int n = 1; n <= ((Number) counted[i + 1]).intValue(); n++) {
        users.add(counted[i] + "-" + n);
      }
    }
    return users.toArray(String[]::new);
  }

  private void assertRows(String... users) {
    assertThat(ledger.stored(id).rows()).extracting(Coupon::user).containsExactly(users);
  }
}
