package io.sunchak.ledger.campaigns;

import static io.sunchak.core.testing.LedgerContract.ACCEPTED_AT;
import static io.sunchak.core.testing.LedgerContract.arrived;
import static io.sunchak.core.testing.LedgerContract.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.OverviewLedger;
import io.sunchak.core.ledger.OverviewLedger.Census;
import io.sunchak.core.ledger.OverviewLedger.Given;
import io.sunchak.core.ledger.OverviewLedger.Summary;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.failures.JdbcFailureLedger;
import io.sunchak.ledger.testing.JdbcLedger;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger at a glance, also when somebody has meddled with it. */
@ExtendWith(LedgerExtension.class)
final class OverviewLedgerIT {
  private static final Instant NOW = Instant.parse("2026-12-24T12:00:00Z");
  private static final int ALL = 100_000;

  private final JdbcLedger ledger;
  private final OverviewLedger overview;
  private final Operator operator;
  private final CampaignId campaign;

  OverviewLedgerIT(JdbcLedger ledger, EmbeddedEngines engines) {
    this.ledger = ledger;
    this.overview = new JdbcOverviewLedger(ledger.database());
    this.operator = Operator.of(engines);
    this.campaign = ledger.created(Stock.of(100));
    ledger.drain().append(campaign, 0, 0, arrived(0, 1, "ann", "bob"));
    ledger.drain().appendFailure(campaign, 0, 2, one(0, 3, "two words"), "refused");
  }

  @Test
  void a_census_of_a_sound_ledger_finds_nothing_wrong() {
    assertThat(overview.census(campaign)).isEqualTo(new Census(2, 1, 3, 0, 0));
    assertThat(overview.census(ledger.created(Stock.of(1)))).isEqualTo(new Census(0, 0, 0, 0, 0));
  }

  @Test
  void a_census_counts_numbers_that_are_missing() throws SQLException {
    operator.run("UPDATE drain_cursor SET last = 5 WHERE campaign_id = ?", campaign.value());
    operator.run("DELETE FROM failure WHERE campaign_id = ?", campaign.value());

    assertThat(overview.census(campaign)).isEqualTo(new Census(2, 0, 5, 3, 0));
  }

  @Test
  void a_census_counts_what_is_there_twice() throws SQLException {
    String failure =
        """
        INSERT INTO failure (campaign_id, seq, user_id, accepted_at, reason, state)
        VALUES (?, ?, ?, now(), 'by hand', 'OPEN')
        """;
    operator.run(failure, campaign.value(), 2L, "another");
    operator.run(failure, campaign.value(), 9L, "ann");

    assertThat(overview.census(campaign)).isEqualTo(new Census(2, 3, 3, 0, 2));
  }

  @Test
  void a_campaign_shows_how_far_it_is_drained_and_what_waits() {
    Summary summary =
        overview.newest(NOW, ALL).stream()
            .filter(s -> s.campaign().id().equals(campaign))
            .findFirst()
            .orElseThrow();

    assertThat(summary.cursor()).isEqualTo(3);
    assertThat(summary.rows()).isEqualTo(2);
    assertThat(summary.failures()).isEqualTo(1);
    assertThat(summary.open()).isEqualTo(1);
    new JdbcFailureLedger(ledger.database()).discard(campaign, 3, "no", "op");
    assertThat(overview.newest(NOW, ALL))
        .filteredOn(s -> s.campaign().id().equals(campaign))
        .extracting(Summary::failures, Summary::open)
        .containsExactly(tuple(1L, 0L));
  }

  @Test
  void what_is_over_comes_after_what_is_not() {
    Campaign ended = Campaigns.in(Campaigns.ENDED, Stock.of(1));
    Campaign closed = Campaigns.open(1).withState(CampaignState.CLOSED);
    Campaign open = Campaigns.open(1);
    Campaign later = Campaigns.in(Campaigns.NOT_YET_OPEN, Stock.of(1));
    for (Campaign one : List.of(open, later, ended, closed)) {
      ledger.campaigns().create(one);
    }

    List<CampaignId> ids = overview.newest(NOW, ALL).stream().map(s -> s.campaign().id()).toList();

    assertThat(ids.subList(0, 2)).containsExactly(later.id(), open.id());
    assertThat(ids)
        .containsSubsequence(campaign, closed.id())
        .containsSubsequence(campaign, ended.id());
    assertThat(overview.newest(NOW, 1))
        .extracting(s -> s.campaign().id())
        .containsExactly(later.id());
  }

  @Test
  void the_first_and_the_last_number_come_with_their_times() {
    assertThat(overview.highest(campaign)).contains(new Given(3, ACCEPTED_AT));
    assertThat(overview.lowest(campaign)).contains(new Given(1, ACCEPTED_AT));
    assertThat(overview.highest(ledger.created(Stock.of(1)))).isEmpty();
  }

  @Test
  void the_open_failures_of_all_campaigns_are_told_with_the_latest_reason() {
    long before = overview.openFailures().count();
    ledger.drain().appendFailure(campaign, 0, 3, one(0, 4, "cid"), "the newest of all");

    assertThat(overview.openFailures().count()).isEqualTo(before + 1);
    assertThat(overview.openFailures().latestReason()).isEqualTo("the newest of all");
  }
}
