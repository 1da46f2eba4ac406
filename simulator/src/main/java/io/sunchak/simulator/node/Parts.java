package io.sunchak.simulator.node;

import io.sunchak.core.IssueOutcome;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.ReservationLog;
import io.sunchak.core.promise.Peers;
import io.sunchak.simulator.redis.MemoryRedis;

/**
 * The product's parts as a run uses them. A test that asks whether a run would notice a fault of
 * the product puts a faulty part in the place of one of these.
 */
public interface Parts {
  /** All as they are. */
  Parts REAL = new Parts() {};

  /** A script, as Redis runs it. */
  default String script(String text) {
    return text;
  }

  /** Whether Redis replies only when its log is synced. */
  default boolean syncsFirst() {
    return true;
  }

  default AdmissionGate gate(AdmissionGate real) {
    return real;
  }

  default CampaignKeyspace keyspace(CampaignKeyspace real) {
    return real;
  }

  default ReservationLog log(ReservationLog real) {
    return real;
  }

  default Peers peers(Peers real) {
    return real;
  }

  /** What a server does when an outcome is known, besides answering. */
  default void answered(IssueOutcome outcome, MemoryRedis redis) {}
}
