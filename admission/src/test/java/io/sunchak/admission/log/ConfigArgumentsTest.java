package io.sunchak.admission.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Eligibility;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigArgumentsTest {
  private static final IssueWindow WINDOW =
      new IssueWindow(Instant.ofEpochMilli(1_500), Instant.parse("9999-12-31T23:59:59.999Z"));

  @ParameterizedTest
  @CsvSource({"ACTIVE, OPEN", "PAUSED, PAUSED", "CLOSED, CLOSED"})
  void the_ledgers_state_has_its_word_in_redis(CampaignState state, String word) {
    assertThat(ConfigArguments.of(campaign(Stock.of(Stock.MAX), state)))
        .containsExactly("42", "1000000000000", word, "1500", "253402300799999", "");
  }

  @Test
  void an_eligibility_is_written_as_its_mark() {
    Eligibility gold = new Eligibility("tier", List.of("gold"));
    Campaign campaign = campaign(Stock.of(1), CampaignState.ACTIVE).withEligibility(gold);
    assertThat(ConfigArguments.of(campaign)[5]).isEqualTo(gold.mark());
  }

  @Test
  void an_archived_campaign_has_none() {
    Campaign archived = campaign(Stock.of(1), CampaignState.ARCHIVED);
    assertThatThrownBy(() -> ConfigArguments.of(archived))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void no_total_is_written_as_unlimited() {
    assertThat(ConfigArguments.of(campaign(Stock.unlimited(), CampaignState.ACTIVE))[1])
        .isEqualTo("unlimited");
  }

  private static Campaign campaign(Stock stock, CampaignState state) {
    return new Campaign(new CampaignId("c"), "C", stock, WINDOW, state, 42);
  }
}
