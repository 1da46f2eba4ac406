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
import java.util.List;
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

  private LedgerHead head(long epoch, long cursor) {
    Holding last = new Holding("last", cursor);
    return new LedgerHead("ledger", epoch, false, campaign, cursor, last, last);
  }

  private static Reservation yes(long epoch, long sequence, String user) {
    return new Reservation(epoch, sequence, user, Instant.EPOCH);
  }
}
