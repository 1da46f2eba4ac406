package io.sunchak.lab.redis;

import io.sunchak.core.CampaignId;

/**
 * The lab's Redis keys, built here only. One Redis, no Cluster: the queue is one for all campaigns.
 *
 * @param queue of accepted issues; tests give each its own
 */
public record LabKeys(String queue) {
  public static final LabKeys DEFAULT = new LabKeys("lab:queue");

  /** Where nodes tell each other that a campaign's cached facts changed. */
  public static final String CHANGES = "lab:changes";

  /** Hash: user → sequence. */
  public String issued(CampaignId campaign) {
    return "lab:" + campaign + ":issued";
  }

  /** The last sequence given. */
  public String sequence(CampaignId campaign) {
    return "lab:" + campaign + ":sequence";
  }

  /** The campaign's facts as JSON. */
  public String facts(CampaignId campaign) {
    return "lab:" + campaign + ":facts";
  }

  /** Hash: id → failure as JSON. */
  public String failures() {
    return queue + ":failures";
  }
}
