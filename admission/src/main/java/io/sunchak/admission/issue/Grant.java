package io.sunchak.admission.issue;

import io.sunchak.admission.link.Link;
import io.sunchak.core.gate.Lease;

/**
 * Permits a lane to send groups: the lease, the connection on which it was verified, and the
 * witness. Made when the gate opens. {@link #follows} is for the one thread that settles groups.
 */
final class Grant {
  private final Lease lease;
  private final Link.Established on;
  private final Witness witness;
  private long given;

  /**
   * A grant under which nothing was sent yet.
   *
   * @param on the connection on which the lease was verified
   */
  Grant(Lease lease, Link.Established on, Witness witness) {
    assert witness.epoch() == lease.epoch() : "a witness of another epoch";
    this.lease = lease;
    this.on = on;
    this.witness = witness;
  }

  Lease lease() {
    return lease;
  }

  Link.Established on() {
    return on;
  }

  Witness witness() {
    return witness;
  }

  /**
   * Compares a group's reply with those of earlier groups; called in the order of the groups. A
   * group that is sent before the reply to the previous one cannot carry the previous one's
   * witness. If Redis has given fewer numbers than it had after the previous group, that proves a
   * loss just as well.
   *
   * @param before how many numbers Redis had given before the group
   * @param after how many it has given since
   * @return false if Redis has lost numbers that it had given to an earlier group of this grant
   */
  boolean follows(long before, long after) {
    assert before <= after : "numbers were taken back";
    boolean follows = before >= given;
    given = Math.max(given, after);
    return follows;
  }
}
