package io.sunchak.admission.commit;

import io.sunchak.core.loop.LoopListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests in groups: while as many calls as may be are in flight, the next group gathers, so
 * a group is as large as the load makes it, without a timer. The idea is the group commit of
 * databases (DeWitt and others, 1984): one sync for all who came while the last one ran.
 *
 * <p><b>The way of a request.</b> It waits; it is taken into a group; its group is called; the call
 * ends; its group is settled; it is answered. Only waiting, taking and settling change state here,
 * each in one short section under the lock.
 *
 * <p><b>What overlaps with what.</b> Requests come on any thread at any time. Up to {@link
 * Bounds#inFlight} calls run at once. While a group is settled and its requests are answered, the
 * groups behind it are in flight already: the next call is made after the one is settled and before
 * the other, so that whoever is called works while answers are written. Two things never overlap
 * with themselves: making calls, and settling groups.
 *
 * <p><b>Why order holds.</b>
 *
 * <ol>
 *   <li>Requests wait in the order in which the lock let them in, and groups are cut from the
 *       front.
 *   <li>A group is taken together with the turn to send, and the turn is kept until its call is
 *       made. So calls are made in the order of the groups, though not under the lock. If the owner
 *       carries them out in the order in which they are made (Lettuce does so for one thread only),
 *       a request that was answered before another one came is decided before it.
 *   <li>Groups are settled from the front of those in flight. A call that ends early waits for the
 *       ones before it. So what an owner notes of one group it knows when it settles the next.
 * </ol>
 *
 * <p><b>Why nobody is left waiting.</b> Whoever finds the turn taken leaves the request, and the
 * thread that has the turn looks again under the same lock in which it gives the turn up: either it
 * sees the request, or the request came later and sees the free turn. With both turns it is the
 * same. A group that cannot be sent now waits for one of those in flight to be settled, or, if its
 * grant is void, for {@link #sendWaiting} under the next one; or {@link #close} gives it back.
 *
 * <p><b>What fails alone.</b> A call that throws, is lost, or is answered with the wrong number of
 * outcomes fails its group; those in flight behind it keep their calls and are settled by their own
 * answers. What that means for them is the owner's to know. An owner or a listener that throws
 * costs a group at most: no exception leaves a turn taken.
 *
 * <p>Thread-safe; all state is guarded by the commit itself, and neither the owner nor a request is
 * called while it is held, but for {@link GroupCaller#mayBeSent}. {@code
 * GroupCommitInterleavingTest} tries this in the interleavings of several threads.
 *
 * @param <R> a request
 * @param <O> what it is answered
 * @param <G> the grant under which groups are sent
 * @param <A> a call's answer
 */
public final class GroupCommit<R extends CompletableFuture<O>, O, G, A> {
  private static final String LOOP = "group-commit";

  private final GroupCaller<R, O, G, A> caller;
  private final Bounds bounds;
  private final LongSupplier nanoTime;
  private final LoopListener surprises;
  private final ArrayDeque<R> waiting = new ArrayDeque<>();

  /** In the order in which they were taken, which is that of their calls. */
  private final ArrayDeque<Group<R, G, A>> inFlight = new ArrayDeque<>();

  private @Nullable G grant;
  private boolean closed;

  /** Somebody makes a call, and then looks for the next group. */
  private boolean sending;

  /** Somebody settles groups, and goes on for as long as the oldest one has its answer. */
  private boolean settling;

  /**
   * How much there may be.
   *
   * @param waiting requests that are not sent yet
   * @param group requests in a call
   * @param inFlight calls that are not answered yet
   */
  public record Bounds(int waiting, int group, int inFlight) {
    public Bounds {
      if (waiting < 1 || group < 1 || inFlight < 1) {
        throw new IllegalArgumentException("a bound below 1");
      }
    }
  }

  /** What became of a request that was offered. */
  public enum Offered {
    /** It is in a group, or was even answered. */
    SENT,
    WAITS,
    /** Not taken: too many wait. */
    FULL,
    /** Not taken: the commit is closed. */
    CLOSED
  }

  /**
   * One in which requests may gather, and which sends nothing until it is opened.
   *
   * @param nanoTime a monotonic clock, as {@link System#nanoTime}
   * @param surprises told of what {@code caller} throws
   */
  public GroupCommit(
      GroupCaller<R, O, G, A> caller,
      Bounds bounds,
      LongSupplier nanoTime,
      LoopListener surprises) {
    this.caller = caller;
    this.bounds = bounds;
    this.nanoTime = nanoTime;
    this.surprises = surprises;
  }

  /** Takes a request, unless there is no room or the commit is closed. */
  public Offered offer(R request) {
    Group<R, G, A> group;
    Offered became;
    synchronized (this) {
      if (closed) {
        return Offered.CLOSED;
      }
      if (waiting.size() >= bounds.waiting()) {
        return Offered.FULL;
      }
      waiting.add(request);
      group = next();
      became = waiting.isEmpty() ? Offered.SENT : Offered.WAITS;
    }
    send(group);
    return became;
  }

  /**
   * Takes requests that have waited elsewhere, in this order and beyond the bound; they are sent by
   * {@link #sendWaiting} or the next request.
   *
   * @return false if the commit is closed
   */
  public synchronized boolean adopt(Collection<R> requests) {
    if (!closed) {
      waiting.addAll(requests);
    }
    return !closed;
  }

  /** Takes requests from now on, and sends none. */
  public synchronized void gather() {
    closed = false;
    grant = null;
  }

  /**
   * Takes requests from now on, and sends them under {@code current}: those that wait by {@link
   * #sendWaiting} or the next request.
   */
  public synchronized void open(G current) {
    closed = false;
    grant = current;
  }

  /**
   * Takes and sends no request any more. What is in flight lands.
   *
   * @return who waited, to be answered by the caller
   */
  public synchronized List<R> close() {
    closed = true;
    grant = null;
    List<R> left = List.copyOf(waiting);
    waiting.clear();
    return left;
  }

  /**
   * Closes if nothing waits and nothing is in flight.
   *
   * @return whether it did
   */
  public synchronized boolean closeIfIdle() {
    boolean idle = waiting.isEmpty() && inFlight.isEmpty();
    if (idle) {
      closed = true;
      grant = null;
    }
    return idle;
  }

  /** Takes out those who came first, for as long as {@code late} holds. */
  public synchronized List<R> takeWhile(Predicate<R> late) {
    List<R> taken = new ArrayList<>();
    for (R first = waiting.peek(); first != null && late.test(first); first = waiting.peek()) {
      taken.add(waiting.remove());
    }
    return taken;
  }

  public synchronized boolean isAnybodyWaiting() {
    return !waiting.isEmpty();
  }

  /** Sends those who wait, if they may be sent. */
  public void sendWaiting() {
    Group<R, G, A> group;
    synchronized (this) {
      group = next();
    }
    send(group);
  }

  /** Takes the next group if it may be sent now, and the turn to send. Called with this held. */
  private @Nullable Group<R, G, A> next() {
    assert inFlight.size() <= bounds.inFlight() : "too many in flight";
    G current = grant;
    if (sending
        || current == null
        || waiting.isEmpty()
        || inFlight.size() == bounds.inFlight()
        || !caller.mayBeSent(current)) {
      return null;
    }
    int size = Math.min(bounds.group(), waiting.size());
    List<R> requests = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      requests.add(waiting.remove());
    }
    Group<R, G, A> group = new Group<>(requests, current, nanoTime.getAsLong());
    inFlight.add(group);
    sending = true;
    return group;
  }

  private void send(@Nullable Group<R, G, A> first) {
    for (Group<R, G, A> group = first; group != null; group = sent()) {
      call(group);
    }
  }

  /** Hands the turn over: who came while this thread made its call has not sent. */
  private synchronized @Nullable Group<R, G, A> sent() {
    assert sending : "a turn that nobody has";
    sending = false;
    return next();
  }

  private void call(Group<R, G, A> group) {
    try {
      var _ = caller.send(group).whenComplete((answer, error) -> land(group, answer, error));
    } catch (Throwable notSent) {
      land(group, null, notSent);
    }
  }

  /** A call has ended; the groups whose turn has come are settled, by one thread at a time. */
  private void land(Group<R, G, A> group, @Nullable A answer, @Nullable Throwable error) {
    synchronized (this) {
      if (!group.land(answer, error) || settling) {
        return;
      }
      settling = true;
    }
    for (Group<R, G, A> oldest = landed(); oldest != null; oldest = landed()) {
      settle(oldest);
    }
  }

  /** The oldest group in flight if its call has ended; else this thread settles no more. */
  private synchronized @Nullable Group<R, G, A> landed() {
    assert settling : "a turn that nobody has";
    Group<R, G, A> oldest = inFlight.peek();
    settling = oldest != null && oldest.hasLanded();
    return settling ? oldest : null;
  }

  private void settle(Group<R, G, A> group) {
    Settlement<O> settlement = settlement(group);
    Group<R, G, A> following;
    synchronized (this) {
      Group<R, G, A> oldest = inFlight.remove();
      assert oldest == group : "groups are settled in order";
      following = next();
    }
    send(following);
    surprises.guard(LOOP, settlement.afterwards());
    List<O> outcomes = settlement.outcomes();
    for (int i = 0; i < outcomes.size(); i++) {
      group.requests().get(i).complete(outcomes.get(i));
    }
  }

  /** An outcome for each request; none if even the owner's {@code fail} has failed. */
  private Settlement<O> settlement(Group<R, G, A> group) {
    Throwable error = group.error();
    A answer = group.answer();
    if (error == null && answer != null) {
      try {
        Settlement<O> settlement = caller.settle(group, answer);
        if (settlement.outcomes().size() == group.requests().size()) {
          return settlement;
        }
        error = new IllegalStateException("an answer of the wrong length");
      } catch (Throwable defect) {
        error = defect;
      }
      surprises.tell(LOOP, error);
    }
    return new Settlement<>(
        failed(group, error == null ? new NullPointerException("no answer") : error), () -> {});
  }

  private List<O> failed(Group<R, G, A> group, Throwable error) {
    try {
      return Collections.nCopies(group.requests().size(), caller.fail(group, error));
    } catch (Throwable defect) {
      surprises.tell(LOOP, defect);
      group.requests().forEach(request -> request.completeExceptionally(defect));
      return List.of();
    }
  }
}
