package io.sunchak.simulator.node;

import io.sunchak.admission.link.Link;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.ReservationLog;
import io.sunchak.core.promise.ConnectedNodes;
import io.sunchak.core.promise.Peers;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.simulator.network.Sync;
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

  /** When Redis syncs its log. */
  default Sync sync() {
    return Sync.BEFORE_REPLYING;
  }

  /** Whether what a lost connection left unanswered is sent again on the next one. */
  default boolean resends() {
    return false;
  }

  /** Called before anything is in the ledger. */
  default void prepare(InMemoryLedger ledger) {}

  /** The gate, as serving checks see it, and the link that its scripts are sent on. */
  default AdmissionGate gate(AdmissionGate real, Link script) {
    return real;
  }

  /** The ledger, as resyncs see it. */
  default ResyncLedger resyncs(ResyncLedger real) {
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

  default ConnectedNodes connected(ConnectedNodes real) {
    return real;
  }

  /** What a server does when an outcome is known, besides answering. */
  default void answered(IssueOutcome outcome, MemoryRedis redis) {}
}
