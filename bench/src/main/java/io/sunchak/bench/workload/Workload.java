package io.sunchak.bench.workload;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sunchak.bench.subject.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One experiment, as its file says it. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Workload.Burst.class, name = "burst"),
  @JsonSubTypes.Type(value = Workload.Steady.class, name = "steady"),
  @JsonSubTypes.Type(value = Workload.OpenLoop.class, name = "open-loop"),
  @JsonSubTypes.Type(value = Workload.Drain.class, name = "drain"),
  @JsonSubTypes.Type(value = Workload.Scale.class, name = "scale"),
  @JsonSubTypes.Type(value = Workload.Nodes.class, name = "nodes"),
  @JsonSubTypes.Type(value = Workload.Reads.class, name = "reads")
})
public sealed interface Workload {
  /** What it is tried on. */
  List<Target> targets();

  /** How often, each time with a fresh server, fresh engines and no data. */
  int runs();

  /**
   * Everybody at once.
   *
   * @param withinSeconds open loop: all come within this time; null: each connection's next user
   *     comes when the one before was answered
   * @param idleSeconds how long the server is up before, serving nobody
   */
  record Burst(
      List<Target> targets,
      int runs,
      long stock,
      int users,
      int tries,
      @Nullable Double withinSeconds,
      int connections,
      int warmupSeconds,
      int idleSeconds)
      implements Workload {
    public Burst {
      require(stock >= 1 && users >= 1, "stock and users must be at least 1");
      require(tries >= 1 && connections >= 1, "tries and connections must be at least 1");
      require(withinSeconds == null || withinSeconds > 0, "withinSeconds must be above 0");
    }
  }

  /**
   * The same crowd for a while, closed loop.
   *
   * @param winners of a hundred requests, from users who have none yet
   * @param repeats of a hundred requests, from users who have one; the rest comes to a campaign
   *     that is sold out
   * @param labUsers at most so many winners for the lab, whose drains are slow
   * @param drainHeld whether the ledger takes no row while it is measured
   */
  record Steady(
      List<Target> targets,
      int runs,
      int winners,
      int repeats,
      int connections,
      int warmupSeconds,
      int measureSeconds,
      int labUsers,
      boolean drainHeld)
      implements Workload {
    public Steady {
      require(
          winners >= 0 && repeats >= 0 && winners + repeats <= 100,
          "winners and repeats are parts of a hundred");
      require(winners > 0 || repeats == 0, "without winners nobody can repeat");
      require(connections >= 1 && measureSeconds >= 1, "connections, measureSeconds: at least 1");
    }
  }

  /** New users at a part of the closed loop's rate, whatever the answers do. */
  record OpenLoop(
      List<Target> targets,
      int runs,
      List<Integer> percentOfPeak,
      int connections,
      int warmupSeconds,
      int measureSeconds)
      implements Workload {}

  /** A backlog stored as fast as can be, and another with the server killed half-way. */
  record Drain(List<Target> targets, int runs, int backlog, int labBacklog, int connections)
      implements Workload {}

  /** Accepting when so many were accepted before. */
  record Scale(
      List<Target> targets,
      int runs,
      List<Integer> issued,
      int connections,
      int warmupSeconds,
      int measureSeconds)
      implements Workload {}

  /** Accepting with several server nodes on the same engines. */
  record Nodes(
      List<Target> targets,
      int runs,
      List<Integer> nodes,
      int connections,
      int warmupSeconds,
      int measureSeconds)
      implements Workload {}

  /**
   * Accepting at a part of the closed loop's rate, alone and beside public reads.
   *
   * @param viewsPerSecond looks at the campaign that is accepting, open loop
   * @param listConnections closed loop, each lists all campaigns
   * @param campaigns how many others there are to list
   */
  record Reads(
      List<Target> targets,
      int runs,
      int percentOfPeak,
      int viewsPerSecond,
      int viewConnections,
      int listConnections,
      int campaigns,
      int connections,
      int warmupSeconds,
      int measureSeconds)
      implements Workload {}

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
