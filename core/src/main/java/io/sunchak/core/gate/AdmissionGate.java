package io.sunchak.core.gate;

import io.sunchak.core.CampaignId;
import io.sunchak.core.log.Disagreement;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The node's own door to the reserve script: a campaign is served only while its gate is open, and
 * it opens only on a verified connection. Thread-safe. Blocking methods throw {@link
 * io.sunchak.core.log.LogException} when Redis fails.
 */
public interface AdmissionGate {

  /**
   * The connection that stands now: a number that changes with each (re)connect. Empty when there
   * is none.
   */
  OptionalLong connection();

  /**
   * Which Redis answers on the connection that stands: another word for each process and each line
   * of replication, so that an older copy is never taken for what it was copied from. Empty when
   * there is no connection, or it cannot be asked now.
   */
  String redis();

  /**
   * Checks that Redis' settings keep what an answer promises. Empty when safe, else the setting and
   * what it must be.
   */
  Optional<String> unsafeSetting();

  /**
   * Runs the reserve script with no users, on {@code connection}, under {@code lease} (with the
   * node's own witness where it is higher).
   *
   * @return empty if Redis agrees
   */
  Optional<Disagreement> probe(Lease lease, long connection);

  /** Serves the campaign under {@code lease} from now on, as long as {@code connection} stands. */
  void open(Lease lease, long connection);

  /**
   * Serves nobody until opened again; requests get REBUILDING, or REDIS_DOWN when there is no
   * connection.
   */
  void shut(CampaignId campaign);

  /**
   * The campaign could not be verified now. Where nobody has looked before, it is shut; an open
   * gate stays open.
   */
  void unverified(CampaignId campaign);

  /**
   * The ledger says there is no such campaign: requests get CAMPAIGN_NOT_FOUND for at most one
   * second.
   */
  void absent(CampaignId campaign);

  /**
   * Nothing more comes of the campaign: what this node keeps of it may go, once nobody asks.
   * Opening it ends that.
   */
  void over(CampaignId campaign);
}
