package io.sunchak.simulator.play;

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
import io.sunchak.simulator.node.Parts;
import io.sunchak.simulator.redis.MemoryRedis;

/** Two bugs at once: where one rule covers for another, only both break something. */
record Both(Parts one, Parts other) implements Parts {
  @Override
  public String script(String text) {
    return other.script(one.script(text));
  }

  @Override
  public Sync sync() {
    return one.sync() == Sync.BEFORE_REPLYING ? other.sync() : one.sync();
  }

  @Override
  public boolean resends() {
    return one.resends() || other.resends();
  }

  @Override
  public void prepare(InMemoryLedger ledger) {
    one.prepare(ledger);
    other.prepare(ledger);
  }

  @Override
  public AdmissionGate gate(AdmissionGate real, Link script) {
    return other.gate(one.gate(real, script), script);
  }

  @Override
  public ResyncLedger resyncs(ResyncLedger real) {
    return other.resyncs(one.resyncs(real));
  }

  @Override
  public CampaignKeyspace keyspace(CampaignKeyspace real) {
    return other.keyspace(one.keyspace(real));
  }

  @Override
  public ReservationLog log(ReservationLog real) {
    return other.log(one.log(real));
  }

  @Override
  public Peers peers(Peers real) {
    return other.peers(one.peers(real));
  }

  @Override
  public ConnectedNodes connected(ConnectedNodes real) {
    return other.connected(one.connected(real));
  }

  @Override
  public void answered(IssueOutcome outcome, MemoryRedis redis) {
    one.answered(outcome, redis);
    other.answered(outcome, redis);
  }

  @Override
  public String toString() {
    return one + " and " + other;
  }
}
