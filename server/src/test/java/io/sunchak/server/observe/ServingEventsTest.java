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
  private final ServingEvents servingEvents = new ServingEvents(alarms::add, keeping());
  private final CampaignId campaign = Campaigns.freshId();

  @Test
  void who_may_be_missing_is_told_once_in_plain_words() {
    settled(
        List.of(
            new Drift("ann", 3, 529, Kind.MOVED),
            new Drift("bob", 4, 530, Kind.MOVED),
            new Drift("node-2", 600, 530, Kind.UNACCOUNTED),
            new Drift("node-2", 0, 530, Kind.SILENT)));

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
              .contains("{MOVED=2, UNACCOUNTED=1, SILENT=1}")
              .contains("MOVED `ann` claimed 3 settled 529");
        });
  }

  @Test
  void a_silent_node_alone_says_that_nobody_knows_how_many() {
    settled(List.of(new Drift("node-2", 0, 530, Kind.SILENT)));

    assertThat(alarms)
        .singleElement()
        .asString()
        .contains(
            "some acknowledged after number 530 may be missing, nobody knows how many;"
                + " `node-2` did not hand over what it promised.");
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
        .singleElement()
        .asString()
        .contains("`&lt;!here&gt;\\u000a*n*`")
        .doesNotContain("\n", "<!");
    assertThat(log.events())
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .doesNotContain("\n");
  }

  private void settled(List<Drift> drift) {
    servingEvents.onRepaired(campaign, 7, drift);
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
