package io.sunchak.core.log;

import io.sunchak.core.CampaignId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * How far many campaigns are, asked for in one round trip. Thread-safe, blocking; reads only;
 * throws {@link LogException}.
 */
@FunctionalInterface
public interface LogHeads {

  /** The heads of those campaigns that Redis has. */
  Heads heads(Collection<CampaignId> campaigns);

  /**
   * An answer.
   *
   * @param at Redis' clock
   */
  record Heads(Instant at, Map<CampaignId, Head> of) {}

  /**
   * One campaign's. The fields are not of one moment: what does not fit together is a reason to
   * look closer, no proof.
   *
   * @param sequence the last number given
   * @param version of the config that Redis holds
   * @param holders users in the issued hash
   * @param fenced a resync is under way
   */
  record Head(long epoch, long sequence, long version, long holders, boolean fenced) {}
}
