package io.sunchak.core.testing;

import static io.sunchak.core.testing.LedgerContract.arrived;
import static io.sunchak.core.testing.LedgerContract.holds;
import static io.sunchak.core.testing.LedgerContract.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.LedgerException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the drain may rely on, whatever keeps the rows. */
public interface DrainLedgerContract extends LedgerContract {

  @Test
  default void a_batch_becomes_rows_and_moves_the_cursor() {
    CampaignId campaign = created(Stock.of(10));

    assertThat(drain().append(campaign, 0, 0, arrived(0, 1, "ann", "bob"))).isTrue();
    assertThat(drain().append(campaign, 0, 2, arrived(0, 3, "cid"))).isTrue();

    assertThat(held(campaign)).containsExactly(holds("ann", 1), holds("bob", 2), holds("cid", 3));
    assertThat(head(campaign).cursor()).isEqualTo(3);
    assertThat(head(campaign).last()).isEqualTo(holds("cid", 3));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, a cursor behind, as in a replay", "0, 3, ahead", "1, 2, another epoch"})
  default void another_cursor_or_epoch_writes_nothing(long epoch, long cursor, String why) {
    CampaignId campaign = created(Stock.of(10));
    drain().append(campaign, 0, 0, arrived(0, 1, "ann", "bob"));

    Reservation next = one(epoch, cursor + 1, "cid");
    assertThat(drain().append(campaign, epoch, cursor, List.of(next))).as(why).isFalse();
    assertThat(drain().appendFailure(campaign, epoch, cursor, next, why)).isFalse();

    assertThat(held(campaign)).containsExactly(holds("ann", 1), holds("bob", 2));
    assertThat(head(campaign).cursor()).isEqualTo(2);
  }

  @Test
  default void an_older_epoch_writes_nothing_once_a_resync_has_begun() {
    CampaignId campaign = created(Stock.of(10));
    long epoch = resync().begin(campaign, 0);

    assertThat(drain().append(campaign, epoch - 1, 0, arrived(epoch - 1, 1, "ann"))).isFalse();
    assertEmpty(campaign);
    assertThat(drain().append(campaign, epoch, 0, arrived(epoch, 1, "ann"))).isTrue();
  }

  @Test
  default void an_unknown_campaign_takes_nothing() {
    assertThat(drain().append(Campaigns.freshId(), 0, 0, arrived(0, 1, "ann"))).isFalse();
  }

  @Test
  default void a_user_or_number_that_is_there_already_is_drift_and_the_batch_is_not_written() {
    CampaignId campaign = created(Stock.of(10));
    drain().append(campaign, 0, 0, arrived(0, 1, "ann"));

    assertDrift(campaign, arrived(0, 2, "bob", "ann"));
    assertDrift(campaign, arrived(0, 2, "bob", "bob"));
    assertDrift(campaign, List.of(one(0, 2, "bob"), one(0, 1, "cid")));
  }

  private void assertDrift(CampaignId campaign, List<Reservation> batch) {
    assertThatThrownBy(() -> drain().append(campaign, 0, 1, batch))
        .isInstanceOf(LedgerException.Duplicate.class);
    assertThat(held(campaign)).containsExactly(holds("ann", 1));
    assertThat(head(campaign).cursor()).isEqualTo(1);
  }

  @Test
  default void users_are_told_apart_byte_by_byte() {
    CampaignId campaign = created(Stock.of(10));
    String[] users = {"a", "A", "a.", "a-", "!", "~", "a".repeat(128), "a".repeat(127)};

    assertThat(drain().append(campaign, 0, 0, arrived(0, 1, users))).isTrue();

    assertThat(held(campaign)).extracting(Holding::user).containsExactly(users);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a\n", "a\r", "\u007f", "é", "한글", "void 2", "a\0"})
  default void a_user_that_no_coupon_can_have_is_rejected_and_the_batch_is_not_written(
      String user) {
    CampaignId campaign = created(Stock.of(10));
    List<Reservation> batch = arrived(0, 1, "ann", user);

    assertThatThrownBy(() -> drain().append(campaign, 0, 0, batch))
        .isInstanceOf(LedgerException.Rejected.class);

    assertEmpty(campaign);
  }

  @Test
  default void a_user_of_129_characters_is_rejected() {
    CampaignId campaign = created(Stock.of(10));

    assertThatThrownBy(() -> drain().append(campaign, 0, 0, arrived(0, 1, "a".repeat(129))))
        .isInstanceOf(LedgerException.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 4})
  default void a_number_outside_the_stock_stops_the_drain(long sequence) {
    CampaignId campaign = created(Stock.of(3));
    List<Reservation> batch = List.of(one(0, 1, "ann"), one(0, sequence, "bob"));

    assertThatThrownBy(() -> drain().append(campaign, 0, 0, batch))
        .isInstanceOf(LedgerException.Permanent.class);

    assertEmpty(campaign);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "two words", "한글", "a\nb"})
  default void a_failure_keeps_its_number_and_moves_the_cursor(String user) {
    CampaignId campaign = created(Stock.of(10));

    assertThat(drain().appendFailure(campaign, 0, 0, one(0, 1, user), "refused")).isTrue();
    assertThat(drain().append(campaign, 0, 1, arrived(0, 2, "bob"))).isTrue();

    assertThat(held(campaign)).containsExactly(holds(user, 1), holds("bob", 2));
    assertThat(head(campaign).cursor()).isEqualTo(2);
  }

  @Test
  default void the_head_names_a_failure_when_the_cursor_stands_on_one() {
    CampaignId campaign = created(Stock.of(10));
    drain().appendFailure(campaign, 0, 0, one(0, 1, "two words"), "refused");

    assertThat(head(campaign).last()).isEqualTo(holds("two words", 1));
  }

  @Test
  default void two_nodes_at_once_write_each_row_exactly_once()
      throws InterruptedException, ExecutionException {
    long rows = 400;
    CampaignId campaign = created(Stock.of(rows));

    List<Integer> batches = LedgerContract.atOnce(2, () -> drainAll(campaign, rows));

    assertThat(batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
    assertThat(held(campaign))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, rows).mapToObj(n -> holds("u" + n, n)).toList());
  }

  /** Drains as a node does that nobody tells of the others; how many batches were its own. */
  private int drainAll(CampaignId campaign, long rows) {
    DrainLedger ledger = drain();
    int written = 0;
    for (long cursor = 0; cursor < rows; cursor = head(campaign).cursor()) {
      long first = cursor + 1;
      List<Reservation> batch =
          LongStream.range(first, first + 10).mapToObj(n -> one(0, n, "u" + n)).toList();
      written += ledger.append(campaign, 0, cursor, batch) ? 1 : 0;
    }
    return written;
  }
}
