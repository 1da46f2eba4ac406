package io.sunchak.core.gate;

import io.sunchak.core.CampaignId;
import io.sunchak.core.log.Disagreement;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node's switch per campaign: requests reach the reserve script only while the campaign's gate is
 * open, and a gate opens only on a verified connection. Thread-safe. Blocking methods throw {@link
 * io.sunchak.core.log.LogException} when Redis fails.
 */
public interface AdmissionGate {

  /**
   * The current connection, as a number that changes with each (re)connect. Empty if there is none.
   */
  OptionalLong connection();

  /**
   * Identifies the Redis process behind the current connection. Each process and each replication
   * history has its own identity, so that an older copy is never taken for the original. Empty if
   * there is no connection or Redis cannot be asked now.
   */
  String redis();

  /**
   * What {@link #redis} has told of the current connection. Empty if it was not asked yet: then
   * nobody is served on this connection. Does not block, so that it can be reported while Redis is
   * silent.
   */
  String knownRedis();

  /**
   * Checks that Redis' settings keep what an answer promises. Empty if safe, else the unsafe
   * setting and its required value.
   */
  Optional<String> unsafeSetting();

  /**
   * Runs the reserve script without users on {@code connection} under {@code lease}, with the
   * node's own witness if that is higher.
   *
   * @return why the script refused; empty if Redis agrees
   */
  Optional<Disagreement> probe(Lease lease, long connection);

  /**
   * Opens the gate: serves the campaign under {@code lease} for as long as {@code connection}
   * lasts.
   */
  void open(Lease lease, long connection);

  /**
   * Closes the gate until it is opened again; requests get REBUILDING, or REDIS_DOWN if there is no
   * connection.
   */
  void shut(CampaignId campaign);

  /**
   * The campaign could not be verified now. A gate that was never opened or closed is closed; an
   * open gate stays open.
   */
  void markUnverified(CampaignId campaign);

  /** The ledger has no such campaign: requests get CAMPAIGN_NOT_FOUND for at most one second. */
  void markAbsent(CampaignId campaign);

  /** The campaign is archived: requests get ARCHIVED, and Redis is not asked. */
  void markArchived(CampaignId campaign);

  /**
   * The campaign is over: this node may drop its state of the campaign once no request comes for
   * it. Opening the gate revokes that.
   */
  void markOver(CampaignId campaign);
}
