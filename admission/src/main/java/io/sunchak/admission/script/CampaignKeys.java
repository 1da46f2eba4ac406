package io.sunchak.admission.script;

import io.sunchak.core.CampaignId;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A campaign's keys: one hash slot, so that one script may touch all three. Built here and nowhere
 * else.
 */
public record CampaignKeys(String meta, String issued, String log) {
  /**
   * Of no campaign, since an id cannot hold a {@code ~}: for trying the scripts out. Each call
   * gives other ones, so that nodes which start together do not try them on the same keys.
   */
  public static CampaignKeys scratch() {
    return named("~" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
  }

  /** A campaign's own. */
  public static CampaignKeys of(CampaignId campaign) {
    return named(campaign.value());
  }

  private static CampaignKeys named(String name) {
    String slot = "{c:" + name + "}:";
    return new CampaignKeys(slot + "meta", slot + "issued", slot + "log");
  }

  /** In the order in which the scripts take them. */
  public String[] all() {
    return new String[] {meta, issued, log};
  }
}
