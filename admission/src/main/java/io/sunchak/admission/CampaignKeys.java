package io.sunchak.admission;

import io.sunchak.core.CampaignId;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A campaign's keys: one hash slot, so that one script may touch all three. Built here and nowhere
 * else.
 */
record CampaignKeys(String meta, String issued, String log) {
  /**
   * Of no campaign, since an id cannot hold a {@code ~}: for trying the scripts out. Each call
   * gives other ones, so that nodes which start together do not try them on the same keys.
   */
  static CampaignKeys scratch() {
    return named("~" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
  }

  static CampaignKeys of(CampaignId campaign) {
    return named(campaign.value());
  }

  private static CampaignKeys named(String name) {
    String slot = "{c:" + name + "}:";
    return new CampaignKeys(slot + "meta", slot + "issued", slot + "log");
  }

  String[] all() {
    return new String[] {meta, issued, log};
  }
}
