package io.sunchak.simulator.play;

import io.sunchak.simulator.node.Node;
import io.sunchak.simulator.time.Scheduler;

/** The users of one run, who press at its nodes. Not thread-safe. */
final class Users {
  private static final long ON_THE_WAY = 1_000_000;

  private final World world;
  private final History history;
  private final int stock;

  /** Three times as many users as that stock. */
  Users(World world, History history, int stock) {
    this.world = world;
    this.history = history;
    this.stock = stock;
  }

  /** One to five of them press at this node. */
  void press(int node, int number) {
    int many = 1 + number % 5;
    for (int i = 0; i < many; i++) {
      ask(node, "u" + (number / 5 + i * 7) % (3 * stock));
    }
  }

  /** All of them press, and as many strangers as there were ever coupons. */
  void askAll(long highestStock) {
    for (int i = 0; i < 3 * stock; i++) {
      ask(i % world.nodes(), "u" + i);
    }
    for (int i = 0; i < highestStock; i++) {
      ask(i % world.nodes(), "v" + i);
    }
  }

  void ask(int node, String user) {
    Node asked = world.node(node);
    if (world.isDown(node)) {
      return;
    }
    History.Asked one = history.ask(user);
    Scheduler scheduler = world.scheduler();
    scheduler.after(
        world.random().nextLong(ON_THE_WAY),
        asked.host(),
        () -> {
          world.trace().add(scheduler.now(), () -> user + " asks node " + node);
          var _ =
              asked
                  .issue(user)
                  .whenComplete((outcome, error) -> {
                    one.tell(outcome, error);
                    world.parts().answered(outcome, world.redis().memory());
                  });
        });
  }
}
