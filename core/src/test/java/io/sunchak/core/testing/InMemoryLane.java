package io.sunchak.core.testing;

import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.gate.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a node knows of one campaign: its gate and its witness. Thread-safe. */
final class InMemoryLane {
  private final List<Waiting> waiting = new ArrayList<>();
  private Gate gate = Gate.UNKNOWN;
  private @Nullable Lease lease;
  private @Nullable Holding witness;
  private long connection = -1;

  private enum Gate {
    UNKNOWN,
    OPEN,
    SHUT,
    ARCHIVED
  }

  /** A request that came before the serving loop had looked. */
  record Waiting(String user, CompletableFuture<IssueOutcome> answer) {}

  /** What becomes of a request at the gate. */
  sealed interface Entry {}

  /** Nobody has looked yet. */
  record Waits(CompletableFuture<IssueOutcome> answer) implements Entry {}

  /** The gate is shut. */
  record Turned() implements Entry {}

  /** Redis has nothing of the campaign. */
  record Archived() implements Entry {}

  /** Let through, under these lease with the node's own witness. */
  record Served(Lease lease, long connection) implements Entry {}

  synchronized Entry enter(String user) {
    Lease current = lease;
    if (gate == Gate.OPEN && current != null) {
      return new Served(withOwnWitness(current), connection);
    }
    if (gate == Gate.ARCHIVED) {
      return new Archived();
    }
    if (gate == Gate.SHUT) {
      return new Turned();
    }
    CompletableFuture<IssueOutcome> answer = new CompletableFuture<>();
    waiting.add(new Waiting(user, answer));
    return new Waits(answer);
  }

  synchronized boolean isOpen() {
    return gate == Gate.OPEN;
  }

  synchronized Lease withOwnWitness(Lease offered) {
    Holding own = witness;
    Holding given = offered.witness();
    boolean sameEpoch = lease != null && lease.epoch() == offered.epoch();
    boolean higher =
        own != null && sameEpoch && (given == null || own.sequence() > given.sequence());
    return higher ? offered.with(own) : offered;
  }

  /**
   * Opens the gate.
   *
   * @return the requests that waited for it
   */
  synchronized List<Waiting> open(Lease offered, long number) {
    witness = withOwnWitness(offered).witness();
    lease = offered;
    connection = number;
    gate = Gate.OPEN;
    return takeWaiting();
  }

  void shut(IssueOutcome answer) {
    turnAway(Gate.SHUT, answer);
  }

  void shutIfUnknown(IssueOutcome answer) {
    boolean unknown;
    synchronized (this) {
      unknown = gate == Gate.UNKNOWN;
    }
    if (unknown) {
      shut(answer);
    }
  }

  void shutIfStill(long epoch, IssueOutcome answer) {
    boolean still;
    synchronized (this) {
      still = lease != null && lease.epoch() == epoch;
    }
    if (still) {
      shut(answer);
    }
  }

  /** The ledger knows no such campaign now; the next request asks again. */
  void absent() {
    turnAway(Gate.UNKNOWN, new IssueOutcome.CampaignNotFound());
  }

  void archived() {
    turnAway(Gate.ARCHIVED, new IssueOutcome.Archived());
  }

  private void turnAway(Gate to, IssueOutcome answer) {
    List<Waiting> turned;
    synchronized (this) {
      gate = to;
      turned = takeWaiting();
    }
    turned.forEach(one -> one.answer().complete(answer));
  }

  private List<Waiting> takeWaiting() {
    List<Waiting> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  synchronized void remember(long epoch, String user, IssueOutcome.Held held) {
    boolean sameEpoch = lease != null && lease.epoch() == epoch;
    if (sameEpoch && (witness == null || held.sequence() > witness.sequence())) {
      witness = new Holding(user, held.sequence());
    }
  }
}
