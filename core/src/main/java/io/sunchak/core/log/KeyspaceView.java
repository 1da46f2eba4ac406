package io.sunchak.core.log;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What people want to see of campaigns' keys, many at once. Thread-safe, blocking; reads only;
 * throws {@link LogException}.
 */
public interface KeyspaceView {

  /** The facts of those campaigns that Redis has. */
  Map<CampaignId, Facts> facts(Collection<CampaignId> campaigns);

  /** How many users the issued hash holds. */
  long issued(CampaignId campaign);

  /** Which numbers these users hold, by the issued hash. */
  Map<String, Long> numbers(CampaignId campaign, Collection<String> users);

  /** The log's first entry above {@code after}. */
  Optional<Reservation> oldest(CampaignId campaign, long epoch, long after);

  /** The log's last entry. */
  Optional<Reservation> newest(CampaignId campaign);
}
