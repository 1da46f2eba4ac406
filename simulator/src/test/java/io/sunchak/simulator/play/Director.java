package io.sunchak.simulator.play;

import io.sunchak.core.testing.Interference;
import io.sunchak.simulator.redis.store.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The verbs of a directed schedule. Each happens now; only {@link #passes} lets time pass. A loss
 * that the promise does not cover ends the run by a defect: a schedule must not ask for what nobody
 * promised. Durations are in milliseconds.
 */
final class Director {
  private static final Duration LOOK = Duration.ofNanos(50_000);
  private static final int MOST_LOOKS = 20_000;

  private final Course.Stage stage;
  private final World world;
  private final List<Held> held = new ArrayList<>();

  /** Calls of the ledger that stand still, before they are done or with their answers. */
  private record Held(int node, String call, boolean done, long until) {
    boolean isOf(Interference.Step step) {
      String thread = Thread.currentThread().getName();
      return thread.startsWith("node-" + node + "~")
          && step.call().equals(call)
          && step.done() == done;
    }
  }

  Director(Course.Stage stage) {
    this.stage = stage;
    this.world = stage.world();
    world.ledger().reach().interfere(this::at);
  }

  private void at(Interference.Step step) {
    if (world.scheduler().isInActor()) {
      for (Held one : List.copyOf(held)) {
        if (one.isOf(step) && one.until() > world.scheduler().now()) {
          world.scheduler().sleep(one.until() - world.scheduler().now());
        }
      }
    }
    world.ledgerFaults().at(step);
  }

  /** Time passes. */
  void passes(int millis) {
    world.runFor(Duration.ofMillis(millis));
  }

  /** Time passes until each of them was told a number, and not a millisecond more. */
  void passesUntilTold(String... users) {
    for (int i = 0;
        i < MOST_LOOKS && !stage.history().told().keySet().containsAll(List.of(users));
        i++) {
      world.runFor(LOOK);
    }
  }

  /** Each of them asks this node once. */
  void ask(int node, String... users) {
    for (String user : users) {
      stage.users().ask(node, user);
    }
  }

  /** For so long, these calls of the ledger by this node stand still before they are done. */
  void holdCalls(int node, String call, int millis) {
    held.add(new Held(node, call, false, after(millis)));
  }

  /** For so long, what these calls did is done, and this node's threads do not hear of it. */
  void holdAnswers(int node, String call, int millis) {
    held.add(new Held(node, call, true, after(millis)));
  }

  /** For so long, no node drains: each may have read, and none writes. */
  void holdDrains(int millis) {
    for (int node = 0; node < world.nodes(); node++) {
      holdCalls(node, "append", millis);
    }
  }

  /** The sessions that hold the locks of resyncs end; who took them is not told. */
  void endSessions() {
    world.ledger().dropLocks();
  }

  /** A node stands still: all of it, not what is on its way to and from it. */
  void stop(int node, int millis) {
    covered(stage.faults().stop(world.node(node), Duration.ofMillis(millis).toNanos()));
  }

  /** A node is killed, and started again after so long. Anybody may be while nothing is lost. */
  void kill(int node, int millis) {
    covered(!stage.faults().haveLost());
    world.kill(node, Duration.ofMillis(millis).toNanos());
  }

  /** This node's messages take up to {@code most}, for so long. */
  void slow(int node, int most, int millis) {
    world
        .network()
        .slow(world.node(node).host(), Duration.ofMillis(most), Duration.ofMillis(millis));
  }

  /** What Redis holds now. */
  Snapshot copyOfRedis() {
    return world.redis().memory().snapshot();
  }

  void redisComesBackAs(Snapshot copy) {
    covered(stage.faults().loseRedis(() -> world.redis().become(copy)));
  }

  void wipeRedis() {
    covered(stage.faults().loseRedis(world.redis()::wipe));
  }

  /** One of the campaign's keys is deleted. */
  void delete(String key) {
    covered(
        stage
            .faults()
            .loseRedis(() -> world.redis().memory().call("DEL", List.of("{c:sim}:" + key))));
  }

  /** An operator raises the stock through this node. */
  void raise(int node) {
    stage.operator().change(world.node(node), 0);
  }

  /** Redis is killed, and at once started again. */
  void restartRedis() {
    world.redis().crash();
    world.redis().start();
  }

  private void covered(boolean is) {
    if (!is) {
      throw new IllegalStateException("a schedule asks for what the promise does not cover");
    }
  }

  private long after(int millis) {
    return world.scheduler().now() + Duration.ofMillis(millis).toNanos();
  }
}
