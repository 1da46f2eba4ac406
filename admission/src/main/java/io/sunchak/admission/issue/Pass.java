package io.sunchak.admission.issue;

import io.sunchak.admission.link.RedisLink;
import io.sunchak.core.gate.Lease;

/**
 * Under what a lane's groups are sent while its gate is open: an opened gate gives one.
 *
 * @param on the connection on which the lease was verified
 */
record Pass(Lease lease, RedisLink.Established on, Witness witness) {
  Pass {
    assert witness.epoch() == lease.epoch() : "a witness of another epoch";
  }
}
