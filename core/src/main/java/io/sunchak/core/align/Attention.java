package io.sunchak.core.align;

import io.sunchak.core.CampaignId;
import io.sunchak.core.log.Disagreement;
import org.jspecify.annotations.Nullable;

/**
 * Told when a campaign needs the keeper: a request came for one whose gate is shut, its connection
 * was replaced, or a script disagreed. Never blocks; may be told the same thing many times.
 */
@FunctionalInterface
public interface Attention {
  /**
   * Asks the keeper to look at {@code campaign}.
   *
   * @param why the script's word, or null when the gate was merely shut
   */
  void needed(CampaignId campaign, @Nullable Disagreement why);
}
