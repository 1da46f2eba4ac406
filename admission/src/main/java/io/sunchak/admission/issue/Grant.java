package io.sunchak.admission.issue;

import io.sunchak.admission.link.RedisLink;
import io.sunchak.core.gate.Lease;

/**
 * Under what a lane's groups are sent while its gate is open: an opened gate gives one. What it
 * knows of replies is for the one thread that settles groups.
 */
final class Grant {
  private final Lease lease;
  private final RedisLink.Established on;
  private final Witness witness;
  private long given;

  /**
   * A grant on which nothing was sent yet.
   *
   * @param on the connection on which the lease was verified
   */
  Grant(Lease lease, RedisLink.Established on, Witness witness) {
    assert witness.epoch() == lease.epoch() : "a witness of another epoch";
    this.lease = lease;
    this.on = on;
    this.witness = witness;
  }

  Lease lease() {
    return lease;
  }

  RedisLink.Established on() {
    return on;
  }

  Witness witness() {
    return witness;
  }

  /**
   * Takes note of the numbers that were given before and after a group, in the order of the groups.
   * A group that was sent before the reply of the one ahead of it could not bring that one's
   * witness; numbers that are fewer than that one left are the same proof.
   *
   * @return false if Redis has lost numbers that it had given to an earlier group of this grant
   */
  boolean follows(long before, long after) {
    assert before <= after : "numbers were taken back";
    boolean follows = before >= given;
    given = Math.max(given, after);
    return follows;
  }
}
