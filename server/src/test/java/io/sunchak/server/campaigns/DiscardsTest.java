package io.sunchak.server.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.FailureLedger.Discarded;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.server.campaigns.Discards.Known;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whatever the number of discards: none is denied. */
final class DiscardsTest {
  private static final CampaignId CAMPAIGN = new CampaignId("spring");
  private static final int MANY = 2_500;

  @Test
  void a_number_beyond_those_that_are_kept_is_left_to_the_ledger() {
    try (Discards discards = new Discards(new Given(MANY), 3, LoopListener.NONE)) {
      discards.note(CAMPAIGN, MANY + 1);

      assertThat(discards.known(CAMPAIGN, 3)).isEqualTo(Known.DISCARDED);
      assertThat(LongStream.rangeClosed(4, MANY + 1))
          .allMatch(number -> discards.known(CAMPAIGN, number) == Known.ONLY_TO_LEDGER);
      assertThat(discards.isDiscarded(CAMPAIGN, MANY)).isTrue();
      assertThat(discards.isDiscarded(CAMPAIGN, MANY + 1)).isFalse();
    }
  }

  /** Or a campaign's holders would all wait for the ledger. */
  @Test
  void of_other_numbers_the_ledger_is_hardly_ever_asked() {
    try (Discards discards = new Discards(new Given(MANY), 3, LoopListener.NONE)) {
      assertThat(
              LongStream.rangeClosed(1, 100_000)
                  .filter(number ->
                      discards.known(new CampaignId("other"), number) != Known.NOT_DISCARDED)
                  .count())
          .isLessThan(200);
    }
  }

  @Test
  void while_all_are_kept_nothing_is_left_to_the_ledger() {
    try (Discards discards = new Discards(new Given(3), 3, LoopListener.NONE)) {
      assertThat(LongStream.rangeClosed(1, 3))
          .allMatch(number -> discards.known(CAMPAIGN, number) == Known.DISCARDED);
      assertThat(discards.known(CAMPAIGN, 4)).isEqualTo(Known.NOT_DISCARDED);
    }
  }

  /** A ledger whose numbers up to {@code last} were discarded, one a second. */
  private record Given(long last) implements Discards.Source {
    @Override
    public List<Discarded> discarded(Instant since, int limit) {
      return LongStream.rangeClosed(Math.max(1, since.getEpochSecond()), last)
          .limit(limit)
          .mapToObj(number -> new Discarded(CAMPAIGN, number, Instant.ofEpochSecond(number)))
          .toList();
    }

    @Override
    public boolean isDiscarded(CampaignId campaign, long sequence) {
      return sequence <= last;
    }
  }
}
