package io.sunchak.admission.issue;

import io.sunchak.admission.commit.GroupCommit;
import io.sunchak.admission.link.Link;
import io.sunchak.core.CampaignId;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.NotEligible;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.log.Disagreement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests for one campaign on one node. A lane answers a request by itself if it can; else it
 * hands the request to the group commit, which calls the script through {@link LaneGroups}.
 *
 * <p>Thread-safe. The gate is read without a lock. It changes together with the commit, under the
 * lane's lock: the gate is shut before the commit is closed, and the commit is opened before the
 * gate. So a thread that finds the commit closed reads a gate that says why. No request is answered
 * and nothing is sent under the lock.
 */
final class Lane {
  /** The largest group. Redis runs nothing else while it decides one. */
  private static final int GROUP = 256;

  /** The precision of {@link #usedAt}: not every request writes it. */
  private static final long USED_NANOS = Duration.ofMillis(100).toNanos();

  private final CampaignId campaign;
  private final LaneHost host;
  private final LocalRefusals refusals;
  private final GroupCommit<Pending, IssueOutcome, Grant, String> commit;
  private volatile Gate gate = new Gate.Unknown();

  /** The witness of the epoch that was served last. */
  private @Nullable Witness witness;

  /** Whether the serving loop was asked for a check since the last change of the gate. */
  private volatile boolean asked;

  /** Whether the host sweeps this lane. */
  private volatile boolean swept;

  private boolean over;
  private volatile long usedAt;

  Lane(CampaignId campaign, LaneHost host, LocalRefusals refusals) {
    this.campaign = campaign;
    this.host = host;
    this.refusals = refusals;
    this.usedAt = host.nanoTime();
    LaneGroups groups = new LaneGroups(campaign, this, host, refusals);
    GroupCommit.Bounds bounds =
        new GroupCommit.Bounds(host.bounds().queue(), GROUP, host.bounds().inFlight());
    this.commit = new GroupCommit<>(groups, bounds, host::nanoTime, host.surprises());
  }

  /**
   * Takes a request. It is answered at once if the lane can, else when its group is decided.
   *
   * @return null if the lane was retired; the request must go to another lane
   */
  @Nullable Pending offer(IssueRequest asked) {
    long now = host.nanoTime();
    if (now - usedAt > USED_NANOS) {
      usedAt = now;
    }
    Pending request = new Pending(asked, now);
    return take(request) ? request : null;
  }

  /**
   * Answers a request or hands it to the commit.
   *
   * @return false if the lane was retired
   */
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
          now = gate; // it was changed before the commit was closed
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

  /** The answer that needs no question to Redis; null if Redis must be asked. */
  private @Nullable IssueOutcome refusal(Gate now, Pending request) {
    return switch (now) {
      case Gate.Shut _ -> new Unavailable(host.shutReason());
      case Gate.Absent absent when absent.until() - request.since > 0 -> new CampaignNotFound();
      case Gate.Absent absent -> {
        forget(absent);
        yield full();
      }
      case Gate.Unknown _ -> full();
      case Gate.Open open -> {
        IssueOutcome full = full();
        yield full == null ? refusal(open, request) : full;
      }
      case Gate.Archived _ -> new IssueOutcome.Archived();
      case Gate.Retired _ -> null;
    };
  }

  /**
   * Who may be refused without a question surely holds nothing. Others who are not eligible may
   * hold a coupon of before, which only Redis knows; it is asked as for a paused campaign.
   */
  private @Nullable IssueOutcome refusal(Gate.Open open, Pending request) {
    boolean eligible = request.isEligible(open.eligibility());
    IssueOutcome local = refusals.answer(request.user, request.since);
    return local == null || eligible ? local : new NotEligible();
  }

  private @Nullable IssueOutcome full() {
    return host.promises().isFull() ? new Unavailable(Reason.BACKLOG_FULL) : null;
  }

  /** Called when the ledger's answer that there is no such campaign is too old to be repeated. */
  private synchronized void forget(Gate.Absent absent) {
    if (gate.equals(absent)) {
      gather();
    }
  }

  /** Has this lane swept, because a request waits: for a check, or for a call in flight to end. */
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

  /** Asks the serving loop for a check, once between two changes of the gate. */
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

  /** Asks the serving loop for a check of this campaign. */
  void check(@Nullable Disagreement why) {
    host.surprises().guard("checks", () -> host.check(campaign, why));
  }

  /** Takes over the requests that came before there was a lane. */
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

  /** Called for a new connection, on which this campaign has not been checked yet. */
  synchronized void renew() {
    if (gate instanceof Gate.Shut) {
      gather();
    }
    asked = false;
  }

  /** From now on requests wait for a check. Called under the lock. */
  private void gather() {
    assert !(gate instanceof Gate.Retired) : "a retired lane";
    commit.gather();
    gate = new Gate.Unknown();
    asked = false;
  }

  /** {@code offered} with this node's own witness if that is the higher one. */
  synchronized Lease withOwnWitness(Lease offered) {
    Witness own = witness;
    return own == null || own.epoch() != offered.epoch() ? offered : own.merged(offered);
  }

  /**
   * Opens the gate, unless the connection was replaced.
   *
   * @param number of the connection on which the lease was verified
   * @return false if the lane was retired; another one must be opened
   */
  boolean open(Lease offered, long number) {
    synchronized (this) {
      if (gate instanceof Gate.Retired) {
        return false;
      }
      usedAt = host.nanoTime();
      Witness current = witnessOf(offered.epoch());
      current.raise(offered.witness());
      over = false;
      Link.Established on = host.established();
      if (on != null && on.number() == number) {
        commit.open(new Grant(offered, on, current));
        gate = new Gate.Open(offered.eligibility());
        asked = false;
      } // else the link is about to call shut()
    }
    commit.sendWaiting();
    return true;
  }

  /** Called under the lock. */
  private Witness witnessOf(long epoch) {
    Witness known = witness;
    if (known == null || known.epoch() != epoch) {
      refusals.forget();
      known = new Witness(epoch);
      witness = known;
    }
    return known;
  }

  /** Whether a reply to a group of {@code grant} concerns the epoch that is served now. */
  synchronized boolean isCurrent(Grant grant) {
    return witness == grant.witness();
  }

  /** Marks the campaign as over: an idle lane of it may be retired. */
  synchronized void over() {
    over = true;
  }

  /** Shuts the gate and refuses the requests that wait. */
  void shut() {
    IssueOutcome answer = new Unavailable(host.shutReason());
    answer(close(new Gate.Shut()), answer);
  }

  /**
   * Called if a check has failed: refuses the requests that wait for it. An open gate stays open.
   */
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

  /**
   * Answers that the ledger has no such campaign.
   *
   * @param until which {@link LaneHost#nanoTime} this may be repeated
   */
  void absent(long until) {
    answer(close(new Gate.Absent(until)), new CampaignNotFound());
  }

  /** Answers that the ledger knows who holds a coupon. */
  void archived() {
    answer(close(new Gate.Archived()), new IssueOutcome.Archived());
  }

  /**
   * Takes no request from now on.
   *
   * @return the requests that wait; the caller must answer them
   */
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

  /**
   * Refuses the requests that have waited too long and were not sent.
   *
   * @return whether no request waits any more
   */
  boolean sweep(long now) {
    // Before the commit is read: a request that comes to wait later has the lane swept again.
    swept = false;
    // The queue of checks may have dropped the last one, so the next request asks again.
    asked = false;
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
   * Retires the lane if it had no request for {@code idleNanos} and its campaign is over, archived,
   * or does not exist.
   *
   * @return whether it takes no request any more and can be forgotten
   */
  synchronized boolean retire(long now, long idleNanos) {
    boolean idle = now - usedAt > idleNanos;
    boolean done = over || gate instanceof Gate.Absent || gate instanceof Gate.Archived;
    if (idle && done && commit.closeIfIdle()) {
      gate = new Gate.Retired();
    }
    if (idle) {
      // They cost memory; the next SOLD_OUT loads them again.
      refusals.forget();
    }
    return gate instanceof Gate.Retired;
  }
}
