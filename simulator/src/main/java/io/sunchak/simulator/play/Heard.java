package io.sunchak.simulator.play;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.resync.Resync;
import io.sunchak.core.serving.ServingListener;
import io.sunchak.simulator.time.Scheduler;
import io.sunchak.simulator.time.Trace;
import java.util.ArrayList;
import java.util.List;

/** Writes what nodes tell of their checks and resyncs into the trace. */
final class Heard implements ServingListener {
  private final Scheduler scheduler;
  private final Trace trace;
  private final List<String> repairs = new ArrayList<>();

  Heard(Scheduler scheduler, Trace trace) {
    this.scheduler = scheduler;
    this.trace = trace;
  }

  /** What resyncs found different, but for nodes that did not hand over: these may be dead. */
  List<String> repairs() {
    return repairs;
  }

  /** A node found this in Redis. A hole or a loss does not come of itself. */
  void found(Disagreement why) {
    trace.add(scheduler.now(), () -> "found: " + why);
    if (why == Disagreement.HOLE || why == Disagreement.ROLLED_BACK) {
      repairs.add(why.toString());
    }
  }

  @Override
  public void onOpened(CampaignId campaign) {
    trace.add(scheduler.now(), () -> "a gate is open");
  }

  @Override
  public void onUnsafe(String setting) {
    trace.add(scheduler.now(), () -> "unsafe: " + setting);
  }

  @Override
  public void onRepaired(CampaignId campaign, long epoch, List<Drift> drift) {
    trace.add(scheduler.now(), () -> "epoch " + epoch + " has settled: " + drift);
    drift.stream()
        .filter(one -> one.kind() != Drift.Kind.SILENT && one.kind() != Drift.Kind.UNACCOUNTED)
        .forEach(one -> repairs.add(one.toString()));
  }

  @Override
  public void onResynced(CampaignId campaign, Resync.Done done) {
    trace.add(scheduler.now(), () -> "epoch " + done.epoch() + " is open after " + done.last());
  }
}
