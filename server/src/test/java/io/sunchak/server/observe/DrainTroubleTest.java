package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.LogException;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.server.testing.HeardLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the drain could not do, in the log and in alarms. */
class DrainTroubleTest {
  @AutoClose private final HeardLog log = new HeardLog("sunchak.failures");
  private final List<String> alarms = new ArrayList<>();
  private final DrainTrouble trouble = new DrainTrouble(alarms::add, () -> Instant.EPOCH);
  private final CampaignId campaign = Campaigns.freshId();

  @Test
  void a_kept_failure_names_user_campaign_number_and_reason() {
    trouble.kept(campaign, new Reservation(1, 7, "ann", Instant.EPOCH), "no space left");

    assertThat(log.lines())
        .containsExactly(
            "user ann, campaign " + campaign + ", number 7: kept as a failure: no space left");
    assertThat(alarms)
        .containsExactly(
            "Sunchak could not store an accepted coupon. user `ann`, campaign "
                + campaign
                + ", number 7: kept as a failure: `no space left`");
  }

  @Test
  void nobody_writes_lines_of_their_own_into_the_log() {
    String user = "ann\r\n2026 INFO all is well\u001b[2J";
    trouble.kept(campaign, new Reservation(1, 7, user, Instant.EPOCH), "a\nb" + "x".repeat(900));

    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("user ann 2026 INFO all is well [2J,")
        .contains(": a bxx")
        .hasSizeLessThan(500);
    assertThat(alarms).singleElement().asString().doesNotContain("\n");
  }

  /** Slack, Mattermost and Discord each find something to act on in such a text. */
  @Test
  void what_users_wrote_is_shown_in_a_chat_and_never_acted_on() {
    String user = "<!channel>&@here*b*_i_`c`~s~[l](http://evil.example)|";
    trouble.kept(campaign, new Reservation(1, 7, user, Instant.EPOCH), "no <@U1> \u202edetrever");

    assertThat(alarms)
        .containsExactly(
            "Sunchak could not store an accepted coupon. user "
                + "`&lt;!channel&gt;&amp;@here*b*_i_'c'~s~[l](http://evil.example)|`, campaign "
                + campaign
                + ", number 7: kept as a failure: `no &lt;@U1&gt; \\u202edetrever`");
    assertThat(log.lines()).singleElement().asString().contains("user <!channel>&@here*b*_i_`c`");
  }

  @Test
  void a_stopped_drain_is_told_once_until_it_moves_again() {
    trouble.stopped(campaign, "no such table");
    trouble.stopped(campaign, "no such table");
    assertThat(alarms).hasSize(1);
    assertThat(log.lines()).hasSize(1);

    trouble.moved(campaign);
    trouble.stopped(campaign, "no such table");
    assertThat(alarms).hasSize(2);
  }

  @Test
  void what_passes_by_itself_is_no_alarm() {
    trouble.later(campaign, new IllegalStateException("connection refused"));

    assertThat(log.lines())
        .containsExactly("the drain of " + campaign + " failed and is retried: connection refused");
    assertThat(trouble.last())
        .isEqualTo(new DrainTrouble.Trouble(log.lines().getFirst(), Instant.EPOCH));
    assertThat(alarms).isEmpty();
  }

  @Test
  void a_write_fails_until_the_drain_moves_again() {
    assertThat(trouble.isWriteFailing()).isFalse();
    trouble.later(campaign, new LogException("Redis is away", null));
    assertThat(trouble.isWriteFailing()).as("that is no write").isFalse();
    trouble.later(campaign, new LedgerException("read-only", null));
    trouble.stopped(Campaigns.freshId(), "no such table");
    trouble.moved(campaign);
    assertThat(trouble.isWriteFailing()).as("another campaign's").isTrue();
    trouble.later(campaign, new LedgerException("read-only", null));
    assertThat(trouble.isWriteFailing()).isTrue();
  }
}
