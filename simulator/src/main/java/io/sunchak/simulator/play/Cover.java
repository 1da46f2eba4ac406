package io.sunchak.simulator.play;

import io.sunchak.core.CampaignId;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.simulator.node.Node;
import io.sunchak.simulator.redis.MemoryRedis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which losses the promise covers. Redis may be lost when the ledger has all that it held and
 * all that was told, or when living nodes have, which do not stand still, and the ledger is no
 * older copy itself. The ledger may be lost when Redis has all. A node may die or stand still when
 * it does not alone know of a promise.
 */
final class Cover {
  private final InMemoryLedger ledger;
  private final MemoryRedis redis;
  private final CampaignId campaign;
  private final History history;
  private boolean restored;

  Cover(InMemoryLedger ledger, MemoryRedis redis, CampaignId campaign, History history) {
    this.ledger = ledger;
    this.redis = redis;
    this.campaign = campaign;
    this.history = history;
  }

  /** Whether all that Redis holds and was told is known without Redis. */
  boolean mayLoseRedis(List<Node> able) {
    Map<String, Long> held = inRedis();
    Map<String, Long> stored = stored();
    boolean all = holdsAll(stored, held);
    restored &= !all;
    return all || (!restored && holdsAll(known(stored, able), held));
  }

  /** Whether Redis has all that the ledger has and all that was told. */
  boolean mayRestoreLedger() {
    boolean may = holdsAll(inRedis(), stored());
    restored |= may;
    return may;
  }

  /** Whether the engines and the other nodes, those that do not stand still, know all. */
  boolean mayDoWithout(Node node, List<Node> able) {
    List<Node> others = new ArrayList<>(able);
    others.remove(node);
    Map<String, Long> left = known(stored(), others);
    left.putAll(inRedis());
    Map<String, Long> own = new HashMap<>();
    node.promised().forEach(one -> own.put(one.user(), one.sequence()));
    return holdsAll(left, own);
  }

  private Map<String, Long> known(Map<String, Long> stored, List<Node> nodes) {
    Map<String, Long> known = new HashMap<>(stored);
    ledger.handedOver(campaign).forEach(one -> known.put(one.user(), one.sequence()));
    for (Node node : nodes) {
      node.promised().forEach(one -> known.put(one.user(), one.sequence()));
    }
    return known;
  }

  private Map<String, Long> stored() {
    Map<String, Long> held = new HashMap<>();
    var stored = ledger.stored(campaign);
    stored.heldByRows().forEach(row -> held.put(row.user(), row.sequence()));
    stored.heldByFailures().forEach(kept -> held.put(kept.user(), kept.sequence()));
    return held;
  }

  private Map<String, Long> inRedis() {
    Map<String, Long> issued = new HashMap<>();
    Object all = redis.call("HGETALL", List.of("{c:" + campaign + "}:issued"));
    List<?> words = (List<?>) all;
    for (int i = 0; words != null && i < words.size(); i += 2) {
      issued.put((String) words.get(i), Long.parseLong((String) words.get(i + 1)));
    }
    return issued;
  }

  private boolean holdsAll(Map<String, Long> stays, Map<String, Long> goes) {
    return stays.entrySet().containsAll(goes.entrySet())
        && stays.entrySet().containsAll(history.told().entrySet());
  }
}
