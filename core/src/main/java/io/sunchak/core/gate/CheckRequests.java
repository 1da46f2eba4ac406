package io.sunchak.core.gate;

import io.sunchak.core.CampaignId;
import io.sunchak.core.log.Disagreement;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests to check a campaign: a user asks for one whose gate is closed, its connection was
 * replaced, or a script disagreed. Never blocks; the same request may be made many times.
 */
@FunctionalInterface
public interface CheckRequests {
  /**
   * Asks the serving loop to check {@code campaign}.
   *
   * @param why the script's reason, or null if the gate was just closed
   */
  void checkNow(CampaignId campaign, @Nullable Disagreement why);

  /**
   * Asks for a check that no request waits for, because a look at many campaigns found a
   * difference.
   */
  default void checkSoon(CampaignId campaign) {
    checkNow(campaign, null);
  }

  /**
   * Asks whether {@code campaign}, which this node does not know, exists. The answer goes to the
   * {@link AdmissionGate}.
   */
  default void checkUnknown(CampaignId campaign) {
    checkNow(campaign, null);
  }

  /** A new connection is up: checks that were postponed are due. */
  default void connected() {}
}
