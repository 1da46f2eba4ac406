package io.sunchak.chaos.faults;

import io.sunchak.chaos.cluster.Child;
import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.cluster.ServerChild;
import io.sunchak.chaos.schedule.Strike;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Kills and stops servers, or everything. */
final class ProcessFaults {
  private static final Duration ORDERLY = Duration.ofSeconds(20);
  private static final Duration NEXT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int START_MILLIS = 3_000;

  private final Cluster cluster;

  ProcessFaults(Cluster cluster) {
    this.cluster = cluster;
  }

  void killServer(Strike strike) throws InterruptedException {
    killFor(strike.lasting(), List.of(struck(strike)));
  }

  void killServers(Strike strike) throws InterruptedException {
    killFor(strike.lasting(), cluster.servers());
  }

  void killAll(Strike strike) throws InterruptedException {
    List<Child> all = new ArrayList<>(List.of(cluster.redis(), cluster.postgres()));
    all.addAll(cluster.servers());
    killFor(strike.lasting(), all);
  }

  private static void killFor(Duration time, List<? extends Child> victims)
      throws InterruptedException {
    victims.forEach(Child::kill);
    for (Child victim : victims) {
      victim.killAndWait();
    }
    Thread.sleep(time);
    victims.forEach(Child::launch);
  }

  void killServerInStart(Strike strike) throws InterruptedException {
    Child server = struck(strike);
    server.killAndWait();
    server.launch();
    Thread.sleep(strike.choice() % START_MILLIS);
    killFor(strike.lasting(), List.of(server));
  }

  void stopServer(Strike strike) throws InterruptedException {
    Child server = struck(strike);
    server.stop();
    Thread.sleep(strike.lasting());
    server.goOn();
  }

  /** The next one when the one before serves again, as an operator would. */
  void rollServers() throws InterruptedException {
    for (ServerChild server : cluster.servers()) {
      server.terminate(ORDERLY);
      server.launch();
      long deadline = System.nanoTime() + NEXT.toNanos();
      while (!server.isReady() && System.nanoTime() - deadline < 0) {
        Thread.sleep(POLL);
      }
    }
  }

  private ServerChild struck(Strike strike) {
    return cluster.servers().get(strike.server());
  }
}
