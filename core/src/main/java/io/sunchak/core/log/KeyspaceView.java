package io.sunchak.core.log;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Figures of many campaigns' keys at once, for people. Thread-safe, blocking; reads only; throws
 * {@link LogException}.
 */
public interface KeyspaceView {

  /** The facts of those of the campaigns that Redis has. */
  Map<CampaignId, Facts> facts(Collection<CampaignId> campaigns);

  /** How many users the issued hash holds. */
  long issued(CampaignId campaign);

  /** The numbers of these users in the issued hash. */
  Map<String, Long> numbers(CampaignId campaign, Collection<String> users);

  /** The log's first entry above {@code after}. */
  Optional<Reservation> oldest(CampaignId campaign, long epoch, long after);

  /** The log's last entry. */
  Optional<Reservation> newest(CampaignId campaign);
}
