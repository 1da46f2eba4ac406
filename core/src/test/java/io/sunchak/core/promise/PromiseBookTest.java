package io.sunchak.core.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.PromiseLedger.Sighting;
import io.sunchak.core.testing.Campaigns;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromiseBookTest {
  private final PromiseBook book = new PromiseBook(3);
  private final Campaign campaign = Campaigns.open(10);
  private final CampaignId id = campaign.id();

  @Test
  void what_is_kept_twice_counts_once() {
    book.keep(id, 1, List.of(yes(1, 1, "a"), yes(1, 2, "b")));
    book.keep(id, 1, List.of(yes(1, 1, "a")));
    assertThat(book.all(id)).containsExactly(yes(1, 1, "a"), yes(1, 2, "b"));
    assertThat(book.isFull()).isFalse();
    book.keep(id, 1, List.of(yes(1, 3, "c")));
    assertThat(book.isFull()).isTrue();
  }

  @Test
  void what_is_forgotten_makes_room() {
    book.keep(id, 1, List.of(yes(1, 1, "a"), yes(1, 2, "b"), yes(1, 3, "c")));
    book.forget(id, List.of(new Holding("a", 1), new Holding("b", 3), new Holding("c", 3)));
    assertThat(book.all(id)).containsExactly(yes(1, 2, "b"));
    assertThat(book.isFull()).isFalse();
    book.forget(id, List.of(new Holding("b", 2)));
    assertThat(book.campaigns()).isEmpty();
  }

  @Test
  void due_is_what_the_cursor_has_passed_and_all_of_another_epoch() {
    book.keep(id, 1, List.of(yes(1, 7, "old")));
    book.keep(id, 2, List.of(yes(2, 3, "a"), yes(2, 4, "b"), yes(2, 5, "c")));
    assertThat(book.due(id, head(2, 4)))
        .containsExactly(yes(2, 3, "a"), yes(2, 4, "b"), yes(1, 7, "old"));
  }

  @Test
  void after_a_hand_over_no_earlier_epoch_is_kept_any_more() {
    book.keep(id, 1, List.of(yes(1, 1, "a")));
    assertThat(book.close(id, 2)).containsExactly(yes(1, 1, "a"));
    assertThat(book.keep(id, 1, List.of(yes(1, 2, "b")))).isFalse();
    assertThat(book.keep(id, 2, List.of(yes(2, 2, "b")))).isTrue();
    assertThat(book.close(id, 2)).containsExactly(yes(1, 1, "a"), yes(2, 2, "b"));
    assertThat(book.all(id)).containsExactly(yes(1, 1, "a"), yes(2, 2, "b"));
  }

  @Test
  void the_highest_is_of_the_newest_epoch() {
    book.keep(id, 1, List.of(yes(1, 9, "old")));
    book.keep(id, 2, List.of(yes(2, 4, "b"), yes(2, 3, "a")));
    assertThat(book.highest()).containsExactly(new Sighting(id, 2, new Holding("b", 4)));
  }

  /** Readers go slice by slice, so that nobody who keeps waits for a long one. */
  @Test
  void what_is_kept_before_a_reader_begins_is_read_while_others_keep_and_forget() throws Exception {
    PromiseBook large = new PromiseBook(Integer.MAX_VALUE);
    List<Reservation> before = range(1, 20_000);
    List<Reservation> passing = range(20_001, 40_000);
    large.keep(id, 1, before);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean read = new AtomicBoolean();
    Thread other =
        Thread.startVirtualThread(() -> {
          while (!read.get()) {
            large.keep(id, 1, passing);
            begun.countDown();
            large.forget(id, holdings(passing));
          }
        });
    begun.await();
    for (int i = 0; i < 50; i++) {
      List<Reservation> all = large.all(id);
      assertThat(all).isSortedAccordingTo(BY_SEQUENCE);
      assertThat(all.subList(0, before.size())).isEqualTo(before);
      assertThat(large.due(id, head(1, 20_000))).isEqualTo(before);
    }
    read.set(true);
    other.join();
    assertThat(large.all(id)).isEqualTo(before);
    large.forget(id, holdings(before));
    assertThat(large.campaigns()).isEmpty();
  }

  private static final Comparator<Reservation> BY_SEQUENCE =
      Comparator.comparingLong(Reservation::sequence);

  private static List<Reservation> range(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> yes(1, i, "u-" + i)).toList();
  }

  private static List<Holding> holdings(List<Reservation> promises) {
    return promises.stream().map(one -> new Holding(one.user(), one.sequence())).toList();
  }

  private LedgerHead head(long epoch, long cursor) {
    Holding last = new Holding("last", cursor);
    return new LedgerHead("ledger", epoch, false, campaign, cursor, last, last);
  }

  private static Reservation yes(long epoch, long sequence, String user) {
    return new Reservation(epoch, sequence, user, Instant.EPOCH);
  }
}
