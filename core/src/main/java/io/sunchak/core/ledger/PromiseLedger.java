package io.sunchak.core.ledger;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where nodes tell each other, by the ledger, that they live and what they promised. Thread-safe,
 * blocking; each call is one transaction and throws {@link LedgerException} when it fails.
 */
public interface PromiseLedger {

  /**
   * The highest promise that a node has given in an epoch and does not know stored: whatever Redis
   * holds of that epoch must hold it.
   */
  record Sighting(CampaignId campaign, long epoch, Holding witness) {}

  /** A resync that has begun and has not ended. */
  record Rebuilding(CampaignId campaign, long epoch) {}

  /**
   * Another node that is not known to be gone.
   *
   * @param reportedAt when it last reported, by the ledger's clock
   * @param isRecent within the last minute: what it promised may be nobody else's knowledge yet
   */
  record Peer(String node, Instant reportedAt, boolean isRecent) {}

  /**
   * This node lives.
   *
   * @param redis the Redis that it is connected to; empty for none
   * @param seen takes the place of what it reported of these campaigns before
   */
  void report(String node, String redis, Collection<Sighting> seen);

  /** This node ends, and leaves these promises to whichever resync comes next. */
  void leave(String node, Map<CampaignId, List<Reservation>> promises);

  /**
   * The resyncs for which nodes may hold promises: all but first openings, and also those of the
   * campaigns in which this node has {@code promised}, whatever the ledger took them for.
   */
  List<Rebuilding> rebuilding(Collection<CampaignId> promised);

  /**
   * Gives these promises to the resync of {@code epoch}, which cannot finish without them.
   *
   * @return false if that resync is not under way; nothing was kept
   */
  boolean handOver(CampaignId campaign, long epoch, String node, List<Reservation> promises);

  /**
   * Tells these resyncs that there is nothing to hand over.
   *
   * @return those that are under way
   */
  List<Rebuilding> handOverNothing(List<Rebuilding> resyncs, String node);

  /** The other nodes that have not handed over to {@code epoch} or a later one. */
  List<Peer> withoutHandOver(CampaignId campaign, long epoch, String node);

  /** The other nodes that are connected to another Redis than {@code redis}, as they reported. */
  List<Peer> elsewhere(String redis, String node);
}
