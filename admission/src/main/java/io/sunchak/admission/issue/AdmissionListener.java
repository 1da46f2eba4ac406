package io.sunchak.admission.issue;

import io.sunchak.core.CampaignId;

/**
 * Receives the campaigns in which the reserve script has accepted somebody, to wake the drain.
 * Called once a group on Redis' event loop, so an implementation must return at once.
 */
@FunctionalInterface
public interface AdmissionListener {
  /** The log of {@code campaign} has new reservations. */
  void onAccepted(CampaignId campaign);
}
