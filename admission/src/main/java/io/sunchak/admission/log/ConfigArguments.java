package io.sunchak.admission.log;

import io.sunchak.core.Campaign;
import io.sunchak.core.Stock;

/**
 * A config as the scripts take it: the one place that maps the ledger's words to those of the meta
 * hash.
 */
final class ConfigArguments {
  private static final String UNLIMITED = "unlimited";

  private ConfigArguments() {}

  /** A total, as the scripts say it. */
  static Stock stock(String total) {
    return total.equals(UNLIMITED) ? Stock.unlimited() : Stock.of(Long.parseLong(total));
  }

  /** version, total, state, opens, closes. */
  static String[] of(Campaign campaign) {
    Long total = campaign.stock().total();
    return new String[] {
      Long.toString(campaign.version()),
      total == null ? UNLIMITED : Long.toString(total),
      switch (campaign.state()) {
        case ACTIVE -> "OPEN";
        case PAUSED -> "PAUSED";
        case CLOSED -> "CLOSED";
      },
      Long.toString(campaign.window().opensAt().toEpochMilli()),
      Long.toString(campaign.window().closesAt().toEpochMilli())
    };
  }
}
