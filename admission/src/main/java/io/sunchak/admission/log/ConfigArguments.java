package io.sunchak.admission.log;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Eligibility;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A config as the scripts take it: the one place that maps the ledger's words to those of the meta
 * hash.
 */
final class ConfigArguments {
  /** The meta hash' fields. A campaign for every user has no {@code eligible}. */
  static final String[] FIELDS = {"version", "total", "state", "opens", "closes", "eligible"};

  private static final String UNLIMITED = "unlimited";

  private ConfigArguments() {}

  /** A total, as the scripts say it. */
  static Stock stock(String total) {
    return total.equals(UNLIMITED) ? Stock.unlimited() : Stock.of(Long.parseLong(total));
  }

  /**
   * Reads the fields as a version of {@code known}, which keeps what Redis has not: name, codes,
   * validity and eligibility. Empty if one of them is not what a script writes.
   */
  static Optional<Campaign> read(List<String> fields, Campaign known) {
    try {
      IssueWindow window =
          new IssueWindow(
              instant(fields.get(3), known.window().opensAt()),
              instant(fields.get(4), known.window().closesAt()));
      return Optional.of(
          known
              .withStock(stock(fields.get(1)))
              .withWindow(window)
              .withState(state(fields.get(2)))
              .withVersion(Long.parseLong(fields.get(0))));
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  /** Redis stores milliseconds; a finer time in the ledger is no difference. */
  private static Instant instant(String millis, Instant known) {
    long held = Long.parseLong(millis);
    return held == known.toEpochMilli() ? known : Instant.ofEpochMilli(held);
  }

  /** {@code ARCHIVED} is no state of a config: what is archived has none any more. */
  private static CampaignState state(String word) {
    return switch (word) {
      case "OPEN" -> CampaignState.ACTIVE;
      case "PAUSED" -> CampaignState.PAUSED;
      case "CLOSED" -> CampaignState.CLOSED;
      default -> throw new IllegalArgumentException("no state of a config: " + word);
    };
  }

  /**
   * In the order of {@link #FIELDS}.
   *
   * @throws IllegalArgumentException if the campaign is archived, which only its own script may do
   */
  static String[] of(Campaign campaign) {
    Long total = campaign.stock().total();
    Eligibility eligibility = campaign.eligibility();
    return new String[] {
      Long.toString(campaign.version()),
      total == null ? UNLIMITED : Long.toString(total),
      switch (campaign.state()) {
        case ACTIVE -> "OPEN";
        case PAUSED -> "PAUSED";
        case CLOSED -> "CLOSED";
        case ARCHIVED ->
            throw new IllegalArgumentException(campaign.id() + " is archived and has no config");
      },
      Long.toString(campaign.window().opensAt().toEpochMilli()),
      Long.toString(campaign.window().closesAt().toEpochMilli()),
      eligibility == null ? "" : eligibility.mark()
    };
  }
}
