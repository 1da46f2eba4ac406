package io.sunchak.server.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.server.alarms.StandingAlarms.Now;
import io.sunchak.server.observe.Observation.Kind;
import io.sunchak.server.observe.Observation.Raised;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which alarms stand since when, and which are told. */
class StandingAlarmsTest {
  private static final Instant NOON = Instant.parse("2026-12-24T12:00:00Z");

  private final List<String> told = new ArrayList<>();
  private final StandingAlarms alarms = new StandingAlarms(told::add, any -> 0);
  private final CampaignId campaign = Campaigns.freshId();

  @Test
  void what_stands_is_told_once_and_keeps_its_beginning() {
    alarms.update(List.of(new Now(Kind.LAG, campaign, 12)), NOON);
    List<Raised> later =
        alarms.update(List.of(new Now(Kind.LAG, campaign, 60)), NOON.plusSeconds(48));

    assertThat(later).containsExactly(new Raised(Kind.LAG, campaign, NOON, 60));
    assertThat(told).singleElement().asString().contains("12 s", campaign.value());
  }

  @Test
  void what_comes_back_is_told_again() {
    alarms.update(List.of(new Now(Kind.ENGINE_DOWN, null, 1)), NOON);
    assertThat(alarms.update(List.of(), NOON.plusSeconds(1))).isEmpty();
    List<Raised> again =
        alarms.update(List.of(new Now(Kind.ENGINE_DOWN, null, 1)), NOON.plusSeconds(2));

    assertThat(again.getFirst().since()).isEqualTo(NOON.plusSeconds(2));
    assertThat(told).hasSize(2);
  }

  @Test
  void each_campaign_has_alarms_of_its_own() {
    CampaignId other = Campaigns.freshId();
    alarms.update(List.of(new Now(Kind.DRIFT, campaign, 1)), NOON);
    alarms.update(List.of(new Now(Kind.DRIFT, campaign, 1), new Now(Kind.DRIFT, other, 2)), NOON);

    assertThat(told).hasSize(2);
    assertThat(told.getLast()).contains(other.value(), "2 differences");
  }

  @Test
  void failures_are_shown_here_and_told_by_the_drain() {
    assertThat(alarms.update(List.of(new Now(Kind.FAILURES, campaign, 3)), NOON)).hasSize(1);
    assertThat(told).isEmpty();
  }
}
