package io.sunchak.admission.issue;

import io.sunchak.core.CampaignId;

/**
 * Hears of each group that the reserve script decided: the drain is woken by it. Called on Redis'
 * event loop: return at once.
 */
@FunctionalInterface
public interface AdmissionListener {
  /**
   * A group was decided.
   *
   * @param users how many were in it
   * @param accepted how many of them were accepted
   * @param nanos from sending the script to its reply
   */
  void onGroup(CampaignId campaign, int users, int accepted, long nanos);
}
