package io.sunchak.server.http.admin;

import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.RepairLedger.Entry;
import io.sunchak.core.ledger.RepairLedger.Repair;
import io.sunchak.core.ledger.RepairLedger.SilentNode;
import io.sunchak.core.ledger.RepairSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes a repair and its entries as JSON. */
final class RepairView {
  private RepairView() {}

  static Map<String, Object> of(Repair repair) {
    RepairSummary summary = repair.summary();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("campaignId", repair.campaign().value());
    view.put("epoch", repair.epoch());
    view.put("foundAt", repair.foundAt().toString());
    view.put(
        "missing",
        summary
            .missing()
            .map(missing -> Map.of("upTo", missing.upTo(), "after", missing.after()))
            .orElse(null));
    view.put("nodes", summary.nodes());
    view.put("counts", new TreeMap<>(summary.counts()));
    view.put("needsPerson", summary.needsPerson());
    return view;
  }

  static Map<String, Object> of(SilentNode silent) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("node", silent.node());
    view.put("foundAt", silent.foundAt().toString());
    view.put("campaigns", silent.campaigns());
    return view;
  }

  /** An entry concerns a user, a node, or, for a void number, neither. */
  static Map<String, Object> of(Entry entry) {
    Drift drift = entry.drift();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("epoch", entry.epoch());
    view.put("foundAt", entry.foundAt().toString());
    view.put("kind", drift.kind().name());
    if (drift.kind().isOfNode()) {
      view.put("node", drift.user());
    } else if (drift.kind().isOfUser()) {
      view.put("userId", drift.user());
    }
    view.put("claimed", drift.claimed());
    view.put("settled", drift.settled());
    return view;
  }
}
