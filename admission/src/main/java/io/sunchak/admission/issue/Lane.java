package io.sunchak.admission.issue;

import io.sunchak.admission.link.RedisLink;
import io.sunchak.admission.script.ReserveReply;
import io.sunchak.admission.script.ScriptFailure;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.Reservation;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.log.Disagreement;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One campaign's way into the reserve script: while one call is in flight the next group gathers,
 * so a group is as large as the load makes it, without a timer. Requests are decided in the order
 * in which they came. Thread-safe; all state is guarded by the lane itself, and no future is
 * completed while it is held.
 */
final class Lane {
  /** The script's own bound. */
  static final int GROUP = 256;

  private final CampaignId campaign;
  private final LaneHost host;
  private final LocalRefusals refusals;
  private final ArrayDeque<Pending> queue = new ArrayDeque<>();
  private Gate gate = Gate.UNKNOWN;
  private @Nullable Lease lease;
  private long connection = -1;
  private @Nullable Holding witness;
  private boolean inFlight;
  private boolean asked;
  private boolean swept;
  private boolean over;
  private boolean retired;
  private long absentUntil;
  private long usedAt = System.nanoTime();

  private enum Gate {
    /** Nobody has looked yet: requests wait for the serving loop. */
    UNKNOWN,
    OPEN,
    SHUT,
    ABSENT
  }

  /** A group that was taken from the queue and must be sent. */
  private record Group(
      List<Pending> requests, Lease lease, RedisLink.Established on, @Nullable Holding witness) {}

  Lane(CampaignId campaign, LaneHost host, LocalRefusals refusals) {
    this.campaign = campaign;
    this.host = host;
    this.refusals = refusals;
  }

  /**
   * Takes a request: answered at once where that may be, else when its group is decided. Null when
   * the lane was retired: another one must be asked.
   */
  @Nullable Pending offer(String user) {
    long now = System.nanoTime();
    Pending request = new Pending(user, now);
    IssueOutcome local;
    Group group = null;
    boolean ask;
    boolean wait = false;
    synchronized (this) {
      if (retired) {
        return null;
      }
      usedAt = now;
      local = localAnswer(user, now);
      ask = asks();
      if (local == null) {
        queue.add(request);
        group = next();
        wait = waitsAnew();
      }
    }
    if (local != null) {
      request.complete(local);
    }
    if (ask) {
      host.check(campaign, null);
    }
    if (wait) {
      host.waits(this);
    }
    send(group);
    return request;
  }

  /**
   * Whether the serving loop must be told that somebody waits: once, until the gate moves. Called
   * with the lane held.
   */
  private boolean asks() {
    boolean first = !asked && (gate == Gate.UNKNOWN || (gate == Gate.SHUT && host.connected()));
    asked |= first;
    return first;
  }

  /** Whether the lane must be swept from now on. Called with the lane held. */
  private boolean waitsAnew() {
    boolean anew = !swept && !queue.isEmpty();
    swept |= anew;
    return anew;
  }

  /** Takes over who waited where there was no lane yet. */
  void adopt(List<Pending> waited) {
    Group group;
    boolean wait;
    synchronized (this) {
      queue.addAll(waited);
      group = next();
      wait = waitsAnew();
    }
    if (wait) {
      host.waits(this);
    }
    send(group);
  }

  /** A new connection stands: nobody has looked at this campaign on it. */
  synchronized void renew() {
    if (gate == Gate.SHUT) {
      gate = Gate.UNKNOWN;
    }
    asked = false;
  }

  private @Nullable IssueOutcome localAnswer(String user, long now) {
    if (gate == Gate.SHUT) {
      return new Unavailable(host.shutReason());
    }
    if (gate == Gate.ABSENT) {
      if (absentUntil - now > 0) {
        return new IssueOutcome.CampaignNotFound();
      }
      gate = Gate.UNKNOWN;
    }
    if (queue.size() >= host.bounds().queue()) {
      return new Unavailable(Reason.OVERLOADED);
    }
    if (host.promises().isFull()) {
      return new Unavailable(Reason.BACKLOG_FULL);
    }
    return gate == Gate.OPEN ? refusals.answer(user, now) : null;
  }

  synchronized Lease withOwnWitness(Lease offered) {
    Holding own = witness;
    Holding given = offered.witness();
    if (own == null || lease == null || lease.epoch() != offered.epoch()) {
      return offered;
    }
    if (given == null || own.sequence() > given.sequence()) {
      return new Lease(
          offered.campaign(), offered.ledgerId(), offered.epoch(), offered.version(), own);
    }
    return offered;
  }

  /**
   * Serves from now on, as long as {@code number} stands. @return false when the lane was retired:
   * another one must be opened
   */
  boolean open(Lease offered, long number) {
    Group group;
    synchronized (this) {
      if (retired) {
        return false;
      }
      usedAt = System.nanoTime();
      Lease merged = withOwnWitness(offered);
      if (lease == null || lease.epoch() != offered.epoch()) {
        refusals.forget();
      }
      lease = offered;
      witness = merged.witness();
      connection = number;
      gate = Gate.OPEN;
      asked = false;
      over = false;
      group = next();
    }
    send(group);
    return true;
  }

  /** Nobody gets a coupon here any more: may be forgotten when nobody asks for a while. */
  synchronized void over() {
    over = true;
  }

  /** Serves nobody; who waits is told. */
  void shut() {
    refuseAll(Gate.SHUT, new Unavailable(host.shutReason()));
  }

  /** Nobody can look now: who waits for it is told; an open gate stays open. */
  void unverified() {
    IssueOutcome answer = new Unavailable(host.shutReason());
    List<Pending> waiting = List.of();
    synchronized (this) {
      if (gate == Gate.UNKNOWN) {
        waiting = moved(Gate.SHUT);
      }
    }
    waiting.forEach(request -> request.complete(answer));
  }

  /** The ledger has no such campaign. */
  void absent(long until) {
    synchronized (this) {
      absentUntil = until;
    }
    refuseAll(Gate.ABSENT, new IssueOutcome.CampaignNotFound());
  }

  private void refuseAll(Gate to, IssueOutcome answer) {
    List<Pending> waiting;
    synchronized (this) {
      waiting = moved(to);
    }
    waiting.forEach(request -> request.complete(answer));
  }

  /** Moves the gate and empties the queue, which the caller answers. Called with the lane held. */
  private List<Pending> moved(Gate to) {
    gate = to;
    asked = false;
    List<Pending> waiting = new ArrayList<>(queue);
    queue.clear();
    return waiting;
  }

  /** Ends what waited too long unsent. @return whether nothing waits any more */
  boolean sweep(long now) {
    List<Pending> late = new ArrayList<>();
    boolean done;
    synchronized (this) {
      while (!queue.isEmpty() && now - queue.peek().since > host.bounds().waitNanos()) {
        late.add(queue.poll());
      }
      done = queue.isEmpty();
      swept = !done;
      asked = false; // a request for a check may have been dropped: the next one asks again
    }
    Reason reason = host.connected() ? Reason.OVERLOADED : Reason.REDIS_DOWN;
    late.forEach(request -> request.complete(new Unavailable(reason)));
    return done;
  }

  /**
   * Retires a lane for which nobody has asked for {@code idleNanos}, if its campaign is over or was
   * none. @return whether it takes no request any more and can be forgotten
   */
  synchronized boolean retire(long now, long idleNanos) {
    boolean idle = now - usedAt > idleNanos && queue.isEmpty() && !inFlight;
    retired |= idle && (over || gate == Gate.ABSENT);
    if (idle) {
      // Whoever asks next has it loaded again.
      refusals.forget();
    }
    return retired;
  }

  /**
   * Takes the next group if the gate is open and nothing is in flight. Called with the lane held.
   */
  private @Nullable Group next() {
    Lease current = lease;
    if (gate != Gate.OPEN || inFlight || queue.isEmpty() || current == null) {
      return null;
    }
    RedisLink.Established established = host.established();
    if (established == null || established.number() != connection) {
      return null; // the loss is on its way to shut(), which answers the queue
    }
    int size = Math.min(GROUP, queue.size());
    List<Pending> requests = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      requests.add(queue.poll());
    }
    inFlight = true;
    return new Group(requests, current, established, witness);
  }

  private void send(@Nullable Group group) {
    if (group == null) {
      return;
    }
    long sent = System.nanoTime();
    CompletionStage<String> answer;
    try {
      answer = host.reserve(group.on(), group.lease(), group.witness(), users(group));
    } catch (Throwable notWritten) {
      land(group, () -> failed(group, notWritten));
      return;
    }
    // A reply that cannot be read, or is not about this group, is as good as none.
    answer
        .thenApply(text -> ReserveReply.parse(text, group.requests().size()))
        .whenComplete((reply, error) ->
            land(
                group,
                () -> {
                  if (error != null) {
                    failed(group, error);
                  } else {
                    answered(group, reply, sent);
                  }
                }));
  }

  /**
   * Whatever goes wrong in it, everybody of the group gets an answer and the next group its turn.
   * The group may have been written, so nobody is served before the serving loop has looked.
   */
  private void land(Group group, Runnable landing) {
    if (!host.surprises().guard("lane", landing)) {
      try {
        landed();
        shut();
        host.check(campaign, null);
      } finally {
        complete(group, new IssueOutcome.Unknown());
      }
    }
  }

  private static List<String> users(Group group) {
    return group.requests().stream().map(request -> request.user).toList();
  }

  private void answered(Group group, ReserveReply reply, long sent) {
    switch (reply) {
      case ReserveReply.Refused refused -> disagreed(group, refused.why());
      case ReserveReply.Decided decided -> decided(group, decided, sent);
    }
  }

  private void decided(Group group, ReserveReply.Decided decided, long sent) {
    List<Reservation> promised = promised(group, decided);
    if (!host.promises().keep(campaign, group.lease().epoch(), promised)) {
      tooLate(group, decided);
      return;
    }
    Group following;
    synchronized (this) {
      witness(group, promised);
      refusals.note(group.lease().epoch(), decided, sent);
      inFlight = false;
      following = next();
    }
    send(following);
    tell(group.requests().size(), accepted(decided), System.nanoTime() - sent);
    for (int i = 0; i < group.requests().size(); i++) {
      group.requests().get(i).complete(decided.outcomes().get(i));
    }
  }

  private void tell(int users, int accepted, long nanos) {
    host.surprises()
        .guard(
            "admission-listener", () -> host.listener().onGroup(campaign, users, accepted, nanos));
  }

  /** Everybody who is about to hear that a number is theirs, now given or given before. */
  private static List<Reservation> promised(Group group, ReserveReply.Decided decided) {
    long epoch = group.lease().epoch();
    List<Reservation> promised = new ArrayList<>();
    for (int i = 0; i < group.requests().size(); i++) {
      if (decided.outcomes().get(i) instanceof IssueOutcome.Held held) {
        Instant at =
            held instanceof IssueOutcome.Accepted now
                ? now.acceptedAt()
                : Instant.ofEpochMilli(decided.now());
        promised.add(new Reservation(epoch, held.sequence(), group.requests().get(i).user, at));
      }
    }
    return promised;
  }

  private static int accepted(ReserveReply.Decided decided) {
    int accepted = 0;
    for (IssueOutcome outcome : decided.outcomes()) {
      accepted += outcome instanceof IssueOutcome.Accepted ? 1 : 0;
    }
    return accepted;
  }

  /** Keeps the highest promise as the witness. Called with the lane held. */
  private void witness(Group group, List<Reservation> promised) {
    boolean sameEpoch = lease != null && lease.epoch() == group.lease().epoch();
    for (Reservation promise : promised) {
      if (sameEpoch && (witness == null || promise.sequence() > witness.sequence())) {
        witness = new Holding(promise.user(), promise.sequence());
      }
    }
  }

  /**
   * A resync has begun since, and has heard what this node had promised: a yes of before is not
   * among it, and so may not be told.
   */
  private void tooLate(Group group, ReserveReply.Decided decided) {
    landed();
    if (isCurrent(group)) {
      shut();
    }
    for (int i = 0; i < group.requests().size(); i++) {
      IssueOutcome outcome = decided.outcomes().get(i);
      boolean yes = outcome instanceof IssueOutcome.Held;
      group.requests().get(i).complete(yes ? new IssueOutcome.Unknown() : outcome);
    }
    host.check(campaign, null);
    send(nextGroup());
  }

  private void disagreed(Group group, Disagreement why) {
    landed();
    if (isCurrent(group)) {
      shut();
    }
    complete(group, new Unavailable(Reason.REBUILDING));
    host.check(campaign, why);
    send(nextGroup());
  }

  /**
   * A config or epoch that was replaced while the call was in flight says nothing about the gate as
   * it is now.
   */
  private synchronized boolean isCurrent(Group group) {
    return lease != null && lease.epoch() == group.lease().epoch();
  }

  private void failed(Group group, Throwable error) {
    ScriptFailure failure = ScriptFailure.of(error);
    landed();
    if (failure.shutsGate()) {
      shut();
      host.check(campaign, null);
    }
    complete(group, failure.outcome());
    send(nextGroup());
  }

  private static void complete(Group group, IssueOutcome outcome) {
    group.requests().forEach(request -> request.complete(outcome));
  }

  private synchronized void landed() {
    inFlight = false;
  }

  private synchronized @Nullable Group nextGroup() {
    return next();
  }
}
