package io.sunchak.core.log;

import io.sunchak.core.CampaignId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Reads the heads of many campaigns in one round trip. Thread-safe, blocking; reads only; throws
 * {@link LogException}.
 */
@FunctionalInterface
public interface LogHeads {

  /** The heads of those of the campaigns that Redis has. */
  Heads heads(Collection<CampaignId> campaigns);

  /**
   * An answer.
   *
   * @param at Redis' clock
   */
  record Heads(Instant at, Map<CampaignId, Head> of) {}

  /**
   * One campaign's head. Its fields are not read at one moment, so a contradiction between them
   * proves nothing and is a reason for a closer check.
   *
   * @param sequence the last number given
   * @param drained the log was trimmed up to this number
   * @param version of the config that Redis holds
   * @param holders users in the issued hash
   * @param fenced whether a resync is under way
   */
  record Head(
      long epoch, long sequence, long drained, long version, long holders, boolean fenced) {}
}
