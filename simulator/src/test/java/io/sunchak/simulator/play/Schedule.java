package io.sunchak.simulator.play;

import io.sunchak.simulator.redis.store.Snapshot;
import java.util.List;

/**
 * Directed schedules: what random ones seldom do, in a few verbs. Each of them breaks nothing; with
 * the bug for which it was written it breaks something.
 */
enum Schedule implements Course {
  /**
   * Node 0 stands still in a resync, after the ledger has settled it, and its session ends. Node 1
   * makes the next resync, and accepts. Then node 0 goes on.
   */
  A_LATE_RESYNC {
    @Override
    void direct(Director on) {
      threeAreServed(on);
      on.holdAnswers(0, "inAttempt", 4_000);
      on.wipeRedis();
      on.ask(0, "a");
      on.passes(800);
      on.endSessions();
      on.passes(2_200);
      on.holdDrains(1_500);
      on.holdCalls(0, "finish", 1_300);
      on.ask(1, "d", "e");
      on.passes(1_050);
      on.ask(2, "f");
      on.passes(1_000);
    }
  },
  /** Node 0 stands still in a resync and keeps its lock; node 1 would like to make one, too. */
  A_SLOW_RESYNC {
    @Override
    void direct(Director on) {
      threeAreServed(on);
      on.holdAnswers(0, "inAttempt", 4_000);
      on.wipeRedis();
      on.ask(0, "a");
      on.passes(800);
      on.passes(2_200);
      on.holdDrains(1_500);
      on.holdCalls(0, "finish", 1_300);
      on.ask(1, "d", "e");
      on.passes(1_050);
      on.ask(2, "f");
      on.passes(1_000);
    }
  },
  /**
   * The log is lost, so node 0 makes a resync, while Redis would accept. Node 1 stands still, is
   * not waited for any more, and goes on when node 0 has read; its hand-over comes too late.
   */
  A_NODE_GOES_ON_IN_A_RESYNC {
    @Override
    void direct(Director on) {
      threeAreServed(on);
      on.holdDrains(600);
      on.ask(0, "a");
      on.passesUntilTold("a");
      on.passes(50);
      on.ask(0, "b");
      on.passesUntilTold("b");
      on.stop(1, 10_600);
      on.holdAnswers(0, "inAttempt", 10_900);
      on.delete("log");
      on.passes(10_590);
      on.holdCalls(1, "handOver", 1_500);
      on.ask(1, "c");
      on.passes(600);
      on.ask(0, "d");
      on.passes(2_000);
    }
  },
  /** Redis comes back as a copy from before a resync; what was accepted since is in the ledger. */
  A_COPY_FROM_BEFORE_A_RESYNC {
    @Override
    void direct(Director on) {
      threeAreServed(on);
      Snapshot copy = on.copyOfRedis();
      on.wipeRedis();
      on.ask(0, "a");
      on.passes(2_000);
      on.ask(0, "a", "b");
      on.passes(1_000);
      on.redisComesBackAs(copy);
      on.passes(1_500);
      on.ask(0, "c");
      on.ask(1, "d");
      on.passes(1_000);
    }
  },
  /** The log is lost with a backlog in it, and more is accepted before anybody has noticed. */
  A_LOST_LOG {
    @Override
    void direct(Director on) {
      threeAreServed(on);
      on.holdDrains(600);
      on.ask(0, "a");
      on.passesUntilTold("a");
      on.passes(50);
      on.ask(0, "b", "c");
      on.passesUntilTold("b", "c");
      on.delete("log");
      on.ask(0, "d");
      on.passes(2_000);
    }
  },
  /**
   * Redis comes back as a copy that lacks what only node 0 has promised. Node 1 is connected first;
   * what it asks the ledger before it serves takes long.
   */
  A_COPY_THAT_ONE_NODE_KNOWS_BETTER {
    @Override
    void direct(Director on) {
      Snapshot copy = undrainedOfNodeZero(on);
      on.slow(0, 400, 1_000);
      on.holdCalls(1, "report", 1_500);
      on.redisComesBackAs(copy);
      on.passes(600);
      on.ask(1, "d");
      on.passes(2_500);
    }
  },
  /** As the one before, and a request of node 1 is on its way when Redis goes. */
  A_COPY_WHILE_A_REQUEST_IS_ON_ITS_WAY {
    @Override
    void direct(Director on) {
      Snapshot copy = undrainedOfNodeZero(on);
      on.slow(0, 400, 1_000);
      on.slow(1, 2_000, 60);
      on.ask(1, "d");
      on.passes(2);
      on.redisComesBackAs(copy);
      on.passes(3_000);
    }
  },
  /** What node 1 says of its promises hangs, and it goes on accepting; then Redis loses all. */
  A_NODE_WHOSE_REPORTS_HANG {
    @Override
    void direct(Director on) {
      threeAreServed(on);
      on.holdCalls(1, "report", 5_000);
      on.holdCalls(1, "handOver", 5_000);
      on.holdDrains(5_500);
      on.ask(1, "a");
      on.passesUntilTold("a");
      on.wipeRedis();
      on.ask(0, "b");
      on.passes(3_500);
      on.ask(0, "c");
      on.passes(4_000);
    }
  },
  /** Node 1 has just said SOLD_OUT; the stock is raised, and a user asks node 2, then node 1. */
  A_RAISE_AFTER_SOLD_OUT {
    @Override
    void direct(Director on) {
      threeAreServed(on);
      for (int i = 0; i < STOCK; i++) {
        on.ask(0, "s" + i);
      }
      on.passes(500);
      on.ask(1, "a");
      on.passes(100);
      on.raise(0);
      on.passes(100);
      on.ask(2, "b");
      on.passes(100);
      on.ask(1, "b");
      on.passes(2_000);
    }
  },
  /** Redis and the node that has just told a number are killed at once, again and again. */
  A_NODE_AND_REDIS_ARE_KILLED {
    @Override
    void direct(Director on) {
      threeAreServed(on);
      for (int i = 0; i < 8; i++) {
        on.holdDrains(100);
        on.ask(i % 3, "k" + i);
        on.passesUntilTold("k" + i);
        on.kill(i % 3, 300);
        on.restartRedis();
        on.passes(1_500);
      }
    }
  };

  private static final int STOCK = 12;

  /** Three nodes; the rest comes from the schedule. */
  static Plan size(long seed) {
    return new Plan(seed, 3, STOCK, 1_000, List.of());
  }

  @Override
  public void play(Stage stage) {
    direct(new Director(stage));
  }

  abstract void direct(Director on);

  /** All nodes serve, and each has accepted somebody, who is drained. */
  private static void threeAreServed(Director on) {
    on.passes(2_500);
    on.ask(0, "x");
    on.ask(1, "y");
    on.ask(2, "z");
    on.passes(1_500);
  }

  /** Node 0 has promised three that are not drained, the first one of them is in the copy. */
  private static Snapshot undrainedOfNodeZero(Director on) {
    threeAreServed(on);
    on.holdDrains(4_000);
    on.ask(0, "a");
    on.passesUntilTold("a");
    Snapshot copy = on.copyOfRedis();
    on.ask(0, "b", "c");
    on.passesUntilTold("b", "c");
    return copy;
  }
}
