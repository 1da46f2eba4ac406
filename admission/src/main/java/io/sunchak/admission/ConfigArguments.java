package io.sunchak.admission;

import io.sunchak.core.Campaign;

/**
 * A config as the scripts take it: the one place that maps the ledger's words to those of the meta
 * hash.
 */
final class ConfigArguments {
  private ConfigArguments() {}

  /** version, total, state, opens, closes. */
  static String[] of(Campaign campaign) {
    Long total = campaign.stock().total();
    return new String[] {
      Long.toString(campaign.version()),
      total == null ? "unlimited" : Long.toString(total),
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
