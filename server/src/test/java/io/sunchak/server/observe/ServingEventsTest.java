package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.Drift.Kind;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.SettableClock;
import io.sunchak.server.testing.HeardLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a resync found, in the log and in alarms. */
class ServingEventsTest {
  @AutoClose private final HeardLog log = new HeardLog("sunchak.serving");
  private final List<String> alarms = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private final SettableClock clock = new SettableClock();
  private final ServingEvents servingEvents = new ServingEvents(alarms::add, keeping(), clock);
  private final CampaignId campaign = Campaigns.freshId();

  @Test
  void who_may_be_missing_is_told_once_in_plain_words() {
    settled(
        List.of(
            new Drift("ann", 3, 529, Kind.MOVED),
            new Drift("bob", 4, 530, Kind.MOVED),
            new Drift("node-2", 600, 530, Kind.UNACCOUNTED)));

    assertThat(alarms)
        .containsExactly(
            "Sunchak repaired campaign "
                + campaign
                + " (epoch 7) and a person must look: up to 72 acknowledged after number 528 may be missing;"
                + " `node-2` did not hand over what it promised; 2 users were moved to another number."
                + " The page Consistency and GET /api/v1/admin/campaigns/"
                + campaign
                + "/repairs list them.");
    assertThat(log.events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getLevel()).isEqualTo(Level.WARN);
          assertThat(event.getFormattedMessage())
              .startsWith(campaign + " repaired in epoch 7: up to 72 acknowledged")
              .contains("{MOVED=2, UNACCOUNTED=1}")
              .contains("MOVED `ann` claimed 3 settled 529");
        });
  }

  @Test
  void a_silent_node_is_one_alarm_however_many_campaigns_are_resynced_without_it() {
    for (int i = 0; i < 10; i++) {
      clock.advance(SilentNodes.SPELL.dividedBy(2));
      settled(Campaigns.freshId(), List.of(new Drift("node-2", 0, 530 + i, Kind.SILENT)));
    }
    settled(
        Campaigns.freshId(),
        List.of(new Drift("node-2", 0, 1, Kind.SILENT), new Drift("node-3", 0, 1, Kind.SILENT)));

    assertThat(alarms)
        .as("one a node")
        .hasSize(2)
        .first()
        .asString()
        .contains("`node-2` did not hand over what it promised; some acknowledged may be missing");
    assertThat(alarms.getLast()).contains("`node-3`");
    assertThat(log.events())
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEqualTo(alarms);
    assertThat(log.events())
        .as("each campaign's own line says after which number")
        .hasSize(2 + 11)
        .first()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("some acknowledged after number 530 may be missing, nobody knows how many");
  }

  @Test
  void a_node_that_is_silent_anew_is_an_alarm_anew() {
    settled(List.of(new Drift("node-2", 0, 530, Kind.SILENT)));
    clock.advance(SilentNodes.SPELL.plusSeconds(1));
    settled(List.of(new Drift("node-2", 0, 600, Kind.SILENT)));

    assertThat(alarms).hasSize(2);
  }

  @Test
  void a_campaign_with_findings_of_its_own_is_an_alarm_of_its_own() {
    settled(List.of(new Drift("node-2", 0, 530, Kind.SILENT)));
    CampaignId other = Campaigns.freshId();
    settled(
        other,
        List.of(new Drift("ann", 3, 530, Kind.MOVED), new Drift("node-2", 0, 530, Kind.SILENT)));

    assertThat(alarms)
        .hasSize(2)
        .last()
        .asString()
        .contains("campaign " + other, "1 user was moved")
        .doesNotContain("node-2");
  }

  @Test
  void what_settled_itself_is_no_alarm() {
    settled(List.of());
    settled(
        List.of(new Drift("ann", 4, 3, Kind.RENUMBERED), new Drift("bob", 5, 5, Kind.RECLAIMED)));

    assertThat(alarms).isEmpty();
    assertThat(log.events())
        .as("and nothing is no line")
        .singleElement()
        .extracting(ILoggingEvent::getLevel)
        .isEqualTo(Level.INFO);
  }

  @Test
  void what_a_resync_kept_as_a_failure_is_told_as_what_the_drain_kept() {
    servingEvents.onFailure(campaign, new Reservation(7, 3, "ann", Instant.EPOCH), "not ann");

    assertThat(kept).containsExactly(campaign + " 3 ann: not ann");
  }

  @Test
  void a_hundred_thousand_findings_are_one_short_line() {
    settled(
        IntStream.rangeClosed(1, 100_000)
            .mapToObj(i -> new Drift("user-" + i, 0, 0, Kind.UNSETTLED))
            .toList());

    assertThat(log.events())
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("100000 users were left without a number", "and 99995 more")
        .hasSizeLessThan(1_000);
    assertThat(alarms).singleElement().asString().hasSizeLessThan(500);
  }

  @Test
  void what_others_wrote_is_shown_and_never_acted_on() {
    settled(
        List.of(
            new Drift("<!channel>\n2026 INFO all is well", 1, 0, Kind.UNSETTLED),
            new Drift("<!here>\n*n*", 0, 1, Kind.SILENT)));

    assertThat(alarms)
        .as("the campaign's and the node's")
        .hasSize(2)
        .allSatisfy(alarm -> assertThat(alarm).doesNotContain("\n", "<!"))
        .last()
        .asString()
        .contains("`&lt;!here&gt;\\u000a*n*`");
    assertThat(log.events())
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).doesNotContain("\n"));
  }

  private void settled(List<Drift> drift) {
    settled(campaign, drift);
  }

  private void settled(CampaignId of, List<Drift> drift) {
    servingEvents.onRepaired(of, 7, drift);
  }

  private DrainListener keeping() {
    return new DrainListener() {
      @Override
      public void onFailure(CampaignId campaign, Reservation reservation, String reason) {
        kept.add(
            "%s %d %s: %s".formatted(campaign, reservation.sequence(), reservation.user(), reason));
      }
    };
  }
}
