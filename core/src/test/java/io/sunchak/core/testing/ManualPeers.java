package io.sunchak.core.testing;

import io.sunchak.core.CampaignId;
import io.sunchak.core.promise.Peers;
import io.sunchak.core.promise.Presence;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Nodes without threads on one ledger: whoever is waited for does its part at once, unless it is
 * paused. Not thread-safe.
 */
public final class ManualPeers {
  private final Map<String, Presence> present = new LinkedHashMap<>();
  private final Set<String> paused = new HashSet<>();

  /** From now on this node is waited for. */
  void join(String node, Presence presence) {
    present.put(node, presence);
  }

  /** The node is dead. */
  public void crash(String node) {
    present.remove(node);
  }

  /** The node stands still, and nobody hears of it. */
  public void pause(String node) {
    paused.add(node);
  }

  /** The node goes on, if it stood still, and does its part once. */
  public void goOn(String node) {
    paused.remove(node);
    run(node);
  }

  /** The node ends in order. */
  public void leave(String node) {
    Presence presence = present.remove(node);
    if (presence != null) {
      presence.leave();
    }
  }

  /** {@code node} finds another Redis than before. */
  public void meet(String node, String redis) {
    of(node).meet(redis);
  }

  /** What the others are to {@code node}. */
  Peers of(String node) {
    return new Peers() {
      @Override
      public void meet(String redis) {
        run(node);
        others(node).forEach(ManualPeers.this::run);
      }

      @Override
      public Set<String> handOver(CampaignId campaign, long epoch) {
        Set<String> silent = others(node);
        silent.removeIf(other -> !paused.contains(other));
        others(node).stream()
            .filter(other -> !paused.contains(other))
            .forEach(ManualPeers.this::run);
        return silent;
      }
    };
  }

  private Set<String> others(String node) {
    Set<String> others = new HashSet<>(present.keySet());
    others.remove(node);
    return others;
  }

  private void run(String node) {
    Presence presence = present.get(node);
    if (presence != null && !paused.contains(node)) {
      presence.run();
    }
  }
}
