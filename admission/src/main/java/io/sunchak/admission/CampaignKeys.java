package io.sunchak.admission;

import io.sunchak.core.CampaignId;

/**
 * A campaign's keys: one hash slot, so that one script may touch all three. Built here and nowhere
 * else.
 */
record CampaignKeys(String meta, String issued, String log) {
  /** Of no campaign: an id cannot hold a {@code ~}. For trying the scripts out. */
  static final CampaignKeys SCRATCH = named("~scratch");

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
