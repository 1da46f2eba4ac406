package io.sunchak.simulator.play;

import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.simulator.network.RedisProcess;
import io.sunchak.simulator.node.Node;
import io.sunchak.simulator.redis.store.Snapshot;
import io.sunchak.simulator.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Does to a world what a plan's steps say, as far as the promise covers it. Not thread-safe. */
final class Faults {
  private static final int OLD_COPIES = 6;

  private final World world;
  private final Cover cover;
  private final Scheduler scheduler;
  private final List<InMemoryLedger.Snapshot> backups = new ArrayList<>();
  private final List<Snapshot> copies = new ArrayList<>();
  private boolean lost;

  Faults(World world, Cover cover) {
    this.world = world;
    this.cover = cover;
    this.scheduler = world.scheduler();
  }

  void strike(Step step) {
    Node node = world.node(step.node());
    int number = step.number();
    switch (step.kind()) {
      case KILL_NODE -> killNode(step.node(), number);
      case STOP_NODE -> stop(node, millis(number, 50, 6_000));
      case FREEZE_THREAD -> world.ledgerFaults().freezeOne(step);
      case KILL_REDIS -> {
        world.redis().crash();
        scheduler.after(millis(number, 10, 2_000), World.OUTSIDE, world.redis()::start);
      }
      case STOP_REDIS -> world.redis().pauseUntil(scheduler.now() + millis(number, 50, 5_000));
      case LOSE_REDIS -> loseRedis(number);
      case CUT -> world.network().cut(node.host(), number % 2 == 0);
      case SLOW ->
          world
              .network()
              .slow(
                  node.host(),
                  Duration.ofNanos(millis(number, 2, 2_000)),
                  Duration.ofNanos(millis(number / 7, 50, 3_000)));
      case LEDGER_AWAY ->
          world.ledgerFaults().awayUntil(scheduler.now() + millis(number, 50, 4_000));
      case LEDGER_MUTE -> world.ledgerFaults().muteUntil(scheduler.now() + millis(number, 5, 500));
      case RESTORE_LEDGER -> restoreLedger(number);
      case COPY -> {
        keepOne(backups, world.ledger().snapshot());
        keepOne(copies, world.redis().memory().snapshot());
      }
      case PRESS, CHANGE -> throw new IllegalArgumentException(step + " is no fault");
    }
  }

  private static long millis(int number, int least, int most) {
    // Most are short: a few are long.
    int span = number % 4 == 0 ? most - least : (most - least) / 10 + 1;
    return Duration.ofMillis(least + (number / 4) % span).toNanos();
  }

  /**
   * A node stands still for so many nanoseconds, if the promise covers that; else returns false.
   */
  boolean stop(Node node, long nanos) {
    boolean may = cover.mayDoWithout(node, world.able());
    if (may) {
      node.host().pauseUntil(scheduler.now() + nanos);
    }
    return may;
  }

  private void killNode(int i, int number) {
    if (!world.isDown(i) && cover.mayDoWithout(world.node(i), world.able())) {
      world.kill(i, millis(number, 10, 3_000));
    }
  }

  private void loseRedis(int number) {
    RedisProcess redis = world.redis();
    boolean wiped = copies.isEmpty() || number % 2 == 0;
    boolean may =
        loseRedis(wiped ? redis::wipe : () -> redis.become(copies.get(number / 2 % copies.size())));
    if (!may) {
      notNow();
    }
  }

  /** Has Redis lose something, if the promise covers that; else returns false. */
  boolean loseRedis(Runnable loss) {
    boolean may = cover.mayLoseRedis(world.able());
    if (may) {
      lose(loss);
    }
    return may;
  }

  private void lose(Runnable loss) {
    lost = true;
    loss.run();
  }

  /** Whether an engine has lost something that it had synced. */
  boolean haveLost() {
    return lost;
  }

  /**
   * Not while a resync runs: it unlinks Redis' keys because the ledger has committed what they
   * held, and asks nobody in between whether the ledger still has it.
   */
  private void restoreLedger(int number) {
    boolean resync = world.ledger().rebuilding(Set.of(world.campaign())).size() > 0;
    InMemoryLedger.Snapshot backup =
        backups.isEmpty() ? null : backups.get(number % backups.size());
    if (backup != null && !resync && cover.mayRestoreLedger()) {
      lose(() -> world.ledger().restore(backup));
      world.ledger().dropLocks();
    } else {
      notNow();
    }
  }

  private void notNow() {
    world.trace().add(scheduler.now(), () -> "  not now");
  }

  private <T> void keepOne(List<T> kept, T copy) {
    if (kept.size() == OLD_COPIES) {
      kept.remove(world.random().nextInt(OLD_COPIES));
    }
    kept.add(copy);
  }
}
