package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Through it nodes tell each other that they are alive and what they promised. Thread-safe,
 * blocking; each call is one transaction and throws {@link LedgerException} when it fails.
 */
public interface PromiseLedger {

  /**
   * The highest promise of an epoch that a node gave and has not seen in the ledger. Redis must
   * hold it if it holds that epoch.
   */
  record Sighting(CampaignId campaign, long epoch, Holding witness) {}

  /** A resync that has begun and has not ended. */
  record Rebuilding(CampaignId campaign, long epoch) {}

  /**
   * Another node that has not reported its end.
   *
   * @param reportedAt when it last reported, by the ledger's clock
   * @param isRecent whether it reported within the last minute: it may know promises that no other
   *     node knows
   * @param isSucceeded whether another process at its {@link NodeName#place place} has reported
   *     {@link #SILENCE} after it: it has most likely ended
   */
  record Peer(String node, Instant reportedAt, boolean isRecent, boolean isSucceeded) {}

  /** A node that lives and reaches the ledger does not go so long without a report. */
  Duration SILENCE = Duration.ofSeconds(2);

  /**
   * Reports that this node is alive.
   *
   * @param node its {@link NodeName}, as in all of these calls
   * @param redis the identity of the Redis that it is connected to; empty for none
   * @param seen its highest promises; they replace those it reported before of these campaigns
   */
  void report(String node, String redis, Collection<Sighting> seen);

  /**
   * Deletes what nobody needs any more: reports of a day ago, and the sightings and hand-overs
   * whose promise the ledger has. Usually there is none.
   */
  void tidy();

  /** Reports that this node ends and leaves these promises to the next resync. */
  void leave(String node, Map<CampaignId, List<Reservation>> promises);

  /**
   * The resyncs under way for which nodes may hold promises: all except the first resync of a new
   * campaign. The first one of a campaign in {@code promised} is included too, because the promise
   * shows that the campaign is not new.
   */
  List<Rebuilding> rebuilding(Collection<CampaignId> promised);

  /**
   * Hands these promises over to the resync of {@code epoch}, which cannot finish without them.
   *
   * @return false if that resync is not under way; nothing was stored
   */
  boolean handOver(CampaignId campaign, long epoch, String node, List<Reservation> promises);

  /**
   * Reports to these resyncs that there is nothing to hand over.
   *
   * @return those that are under way
   */
  List<Rebuilding> handOverNothing(List<Rebuilding> resyncs, String node);

  /** The other nodes that have not handed over to {@code epoch} or a later one. */
  List<Peer> withoutHandOver(CampaignId campaign, long epoch, String node);

  /**
   * The resyncs that found this node silent and whose silence it has not {@link #answer}ed, at most
   * a thousand.
   */
  List<Rebuilding> unanswered(String node);

  /**
   * Reports that the ledger has, or was handed over, all that this node promised before these
   * resyncs: it is no longer listed as silent to them.
   */
  void answer(List<Rebuilding> resyncs, String node);

  /** The other nodes that are connected to another Redis than {@code redis}, as they reported. */
  List<Peer> elsewhere(String redis, String node);
}
