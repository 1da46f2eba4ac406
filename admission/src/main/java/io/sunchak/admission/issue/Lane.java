package io.sunchak.admission.issue;

import io.sunchak.admission.commit.GroupCommit;
import io.sunchak.admission.link.RedisLink;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.log.Disagreement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One campaign's requests on one node: answered here where that may be, else handed to the group
 * commit, which calls the script through {@link LaneGroups}.
 *
 * <p>Thread-safe. The gate is read without a lock, and moved with the lane held, together with the
 * commit: it is shut before the commit is closed, and the commit is opened before the gate. So who
 * finds the commit closed finds a gate that says why. Nobody is answered and nothing is sent while
 * the lane is held.
 */
final class Lane {
  /** Our bound: one call keeps Redis no longer than so many users take. */
  private static final int GROUP = 256;

  /** How exactly it is known when a request came last. */
  private static final long USED_NANOS = Duration.ofMillis(100).toNanos();

  private final CampaignId campaign;
  private final LaneHost host;
  private final LocalRefusals refusals;
  private final GroupCommit<Pending, IssueOutcome, Grant, String> commit;
  private volatile Gate gate = new Gate.Unknown();

  /** Of the epoch that was served last. */
  private @Nullable Witness witness;

  /** The serving loop was told that somebody waits, since the gate has moved last. */
  private volatile boolean asked;

  /** The host sweeps this lane. */
  private volatile boolean swept;

  private boolean over;
  private volatile long usedAt = System.nanoTime();

  Lane(CampaignId campaign, LaneHost host, LocalRefusals refusals) {
    this.campaign = campaign;
    this.host = host;
    this.refusals = refusals;
    LaneGroups groups = new LaneGroups(campaign, this, host, refusals);
    GroupCommit.Bounds bounds =
        new GroupCommit.Bounds(host.bounds().queue(), GROUP, host.bounds().inFlight());
    this.commit = new GroupCommit<>(groups, bounds, host.surprises());
  }

  /**
   * Takes a request: answered at once where that may be, else when its group is decided. Null when
   * the lane was retired: another one must be asked.
   */
  @Nullable Pending offer(String user) {
    long now = System.nanoTime();
    if (now - usedAt > USED_NANOS) {
      usedAt = now;
    }
    Pending request = new Pending(user, now);
    return take(request) ? request : null;
  }

  /** Answers a request or hands it to the commit; false when the lane was retired. */
  private boolean take(Pending request) {
    Gate now = gate;
    IssueOutcome local = refusal(now, request);
    while (local == null && !(now instanceof Gate.Retired)) {
      switch (commit.offer(request)) {
        case SENT -> {
          return true;
        }
        case WAITS -> {
          ask();
          waits();
          return true;
        }
        case FULL -> local = new Unavailable(Reason.OVERLOADED);
        case CLOSED -> {
          now = gate; // it has moved
          local = refusal(now, request);
        }
      }
    }
    if (local != null) {
      request.complete(local);
      ask();
    }
    return local != null;
  }

  /** What is answered without asking Redis; null: ask. */
  private @Nullable IssueOutcome refusal(Gate now, Pending request) {
    return switch (now) {
      case Gate.Shut _ -> new Unavailable(host.shutReason());
      case Gate.Absent absent when absent.until() - request.since > 0 -> new CampaignNotFound();
      case Gate.Absent absent -> {
        forget(absent);
        yield full();
      }
      case Gate.Unknown _ -> full();
      case Gate.Open _ -> {
        IssueOutcome full = full();
        yield full == null ? refusals.answer(request.user, request.since) : full;
      }
      case Gate.Retired _ -> null;
    };
  }

  private @Nullable IssueOutcome full() {
    return host.promises().isFull() ? new Unavailable(Reason.BACKLOG_FULL) : null;
  }

  /** Its second is over. */
  private synchronized void forget(Gate.Absent absent) {
    if (gate.equals(absent)) {
      gather();
    }
  }

  /** Somebody waits: for the serving loop, for a call to end, or for the connection's loss. */
  private void waits() {
    if (!swept && mustBeSwept()) {
      host.waits(this);
    }
  }

  private synchronized boolean mustBeSwept() {
    boolean anew = !swept;
    swept = true;
    return anew;
  }

  /** Tells the serving loop that somebody waits: once, until the gate moves. */
  private void ask() {
    if (mayAsk() && isFirstToAsk()) {
      check(null);
    }
  }

  private boolean mayAsk() {
    Gate now = gate;
    return !asked
        && (now instanceof Gate.Unknown || (now instanceof Gate.Shut && host.connected()));
  }

  private synchronized boolean isFirstToAsk() {
    boolean first = mayAsk();
    asked |= first;
    return first;
  }

  /** Asks for a look at this campaign. */
  void check(@Nullable Disagreement why) {
    host.surprises().guard("checks", () -> host.check(campaign, why));
  }

  /** Takes over who waited where there was no lane yet. */
  void adopt(List<Pending> waited) {
    if (waited.isEmpty()) {
      return;
    }
    if (commit.adopt(waited)) {
      commit.sendWaiting();
      if (commit.isAnybodyWaiting()) {
        waits();
      }
    } else {
      answer(waited, new Unavailable(host.shutReason()));
    }
  }

  /** A new connection stands: nobody has looked at this campaign on it. */
  synchronized void renew() {
    if (gate instanceof Gate.Shut) {
      gather();
    }
    asked = false;
  }

  /** Requests wait for the serving loop. Called with the lane held. */
  private void gather() {
    assert !(gate instanceof Gate.Retired) : "a lane that was given up";
    commit.gather();
    gate = new Gate.Unknown();
    asked = false;
  }

  /** {@code offered} with what this node knows itself. */
  synchronized Lease withOwnWitness(Lease offered) {
    Witness own = witness;
    return own == null || own.epoch() != offered.epoch() ? offered : own.merged(offered);
  }

  /**
   * Serves from now on, as long as {@code number} stands. @return false when the lane was retired:
   * another one must be opened
   */
  boolean open(Lease offered, long number) {
    synchronized (this) {
      if (gate instanceof Gate.Retired) {
        return false;
      }
      usedAt = System.nanoTime();
      Witness current = witnessOf(offered.epoch());
      current.raise(offered.witness());
      over = false;
      RedisLink.Established on = host.established();
      if (on != null && on.number() == number) {
        commit.open(new Grant(offered, on, current));
        gate = new Gate.Open();
        asked = false;
      } // else the loss is on its way to shut()
    }
    commit.sendWaiting();
    return true;
  }

  /** Called with the lane held. */
  private Witness witnessOf(long epoch) {
    Witness known = witness;
    if (known == null || known.epoch() != epoch) {
      refusals.forget();
      known = new Witness(epoch);
      witness = known;
    }
    return known;
  }

  /** Whether what was sent under {@code grant} says something about the gate as it is now. */
  synchronized boolean isCurrent(Grant grant) {
    return witness == grant.witness();
  }

  /** Nobody gets a coupon here any more: may be forgotten when nobody asks for a while. */
  synchronized void over() {
    over = true;
  }

  /** Serves nobody; who waits is told. */
  void shut() {
    IssueOutcome answer = new Unavailable(host.shutReason());
    answer(close(new Gate.Shut()), answer);
  }

  /** Nobody can look now: who waits for it is told; an open gate stays open. */
  void unverified() {
    IssueOutcome answer = new Unavailable(host.shutReason());
    List<Pending> left = List.of();
    synchronized (this) {
      if (gate instanceof Gate.Unknown) {
        left = close(new Gate.Shut());
      }
    }
    answer(left, answer);
  }

  /** The ledger has no such campaign. */
  void absent(long until) {
    answer(close(new Gate.Absent(until)), new CampaignNotFound());
  }

  /** Takes no request from now on. @return who waited, to be answered */
  private synchronized List<Pending> close(Gate to) {
    if (!(gate instanceof Gate.Retired)) {
      gate = to;
      asked = false;
    }
    return commit.close();
  }

  private static void answer(List<Pending> requests, IssueOutcome outcome) {
    requests.forEach(request -> request.complete(outcome));
  }

  /** Ends what waited too long unsent. @return whether nothing waits any more */
  boolean sweep(long now) {
    swept = false; // before the look: who comes to wait after it asks to be swept again
    asked = false; // a request for a check may have been dropped: the next one asks again
    long patience = host.bounds().waitNanos();
    List<Pending> late = commit.takeWhile(request -> now - request.since > patience);
    boolean done = !commit.isAnybodyWaiting();
    if (!done) {
      swept = true;
    }
    Reason reason = host.connected() ? Reason.OVERLOADED : Reason.REDIS_DOWN;
    answer(late, new Unavailable(reason));
    return done;
  }

  /**
   * Retires a lane for which nobody has asked for {@code idleNanos}, if its campaign is over or was
   * none. @return whether it takes no request any more and can be forgotten
   */
  synchronized boolean retire(long now, long idleNanos) {
    boolean idle = now - usedAt > idleNanos;
    if (idle && (over || gate instanceof Gate.Absent) && commit.closeIfIdle()) {
      gate = new Gate.Retired();
    }
    if (idle) {
      // Whoever asks next has it loaded again.
      refusals.forget();
    }
    return gate instanceof Gate.Retired;
  }
}
