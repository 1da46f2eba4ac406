package io.sunchak.core.gate;

import io.sunchak.core.CampaignId;
import io.sunchak.core.log.Disagreement;
import org.jspecify.annotations.Nullable;

/**
 * Told when a campaign needs the serving loop: a request came for one whose gate is shut, its
 * connection was replaced, or a script disagreed. Never blocks; may be told the same thing many
 * times.
 */
@FunctionalInterface
public interface CheckRequests {
  /**
   * Asks the serving loop to look at {@code campaign}.
   *
   * @param why the script's word, or null when the gate was merely shut
   */
  void checkNow(CampaignId campaign, @Nullable Disagreement why);

  /** Nobody waits for it, but a look at many found that this campaign needs a closer one. */
  default void checkSoon(CampaignId campaign) {
    checkNow(campaign, null);
  }

  /**
   * Somebody asked for a campaign of which this node has never heard; perhaps there is none. {@link
   * AdmissionGate} is told.
   */
  default void checkUnknown(CampaignId campaign) {
    checkNow(campaign, null);
  }

  /** A connection stands anew: what was put off until then is due. */
  default void connected() {}
}
