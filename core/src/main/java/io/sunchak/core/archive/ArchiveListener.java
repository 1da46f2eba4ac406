package io.sunchak.core.archive;

import io.sunchak.core.CampaignId;
import java.util.Map;

/** Hears what could not be archived by the clock. Called on the loop's thread; must not throw. */
@FunctionalInterface
public interface ArchiveListener {
  /**
   * All due campaigns were tried once.
   *
   * @param waiting those that are not archived yet, each with why; they will be tried again
   */
  void tried(Map<CampaignId, String> waiting);
}
