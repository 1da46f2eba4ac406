package io.sunchak.simulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time. What happens is an event: a piece of work at a time, of a process. Events run one
 * after the other, by time and then by the order in which they were asked for, so a run depends on
 * what asks for them and on nothing else. An event must not block; an actor may: it is a thread of
 * its own, which runs only while all else stands still, until it sleeps or waits by this scheduler.
 *
 * <p>An event of a dead process is dropped; one of a paused process runs when the pause ends. An
 * actor whose process was killed gets a {@link Crash} in place of what it waited for.
 *
 * <p>Not thread-safe: for the thread that calls {@link #runUntil}, and for its actors.
 */
public final class Scheduler implements InstantSource {
  private static final Instant BEGIN = Instant.parse("2026-12-24T03:00:00Z");

  private record Event(long due, long order, Host host, Runnable work) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::due).thenComparingLong(Event::order));
  private final List<Actor> actors = new ArrayList<>();
  private final Trace trace;
  private final Thread main = Thread.currentThread();
  private long now;
  private long orders;

  /** Who runs; null when the scheduler itself does. */
  private volatile @Nullable Actor turn;

  /** At time 0, without an event, for the current thread. */
  public Scheduler(Trace trace) {
    this.trace = trace;
  }

  /** Nanoseconds since the beginning. */
  public long now() {
    return now;
  }

  /** To the microsecond. */
  @Override
  public Instant instant() {
    return BEGIN.plusNanos(now / 1_000 * 1_000);
  }

  /** Has {@code work} done by {@code host} after {@code nanos}. */
  public void after(Duration pause, Host host, Runnable work) {
    after(pause.toNanos(), host, work);
  }

  /** Has {@code work} done by {@code host} after {@code nanos}. */
  public void after(long nanos, Host host, Runnable work) {
    events.add(new Event(now + Math.max(0, nanos), ++orders, host, work));
  }

  /** Starts a thread of {@code host}. */
  public void spawn(Host host, String name, Runnable body) {
    Actor actor = new Actor(host, name, body, this::giveBack);
    actors.add(actor);
    wake(actor, actor.waits(), 0);
  }

  /** Whether an actor runs, so that the caller may sleep. */
  public boolean isInActor() {
    return turn != null;
  }

  /** The actor that runs sleeps. */
  public void sleep(Duration pause) {
    sleep(pause.toNanos());
  }

  /** The actor that runs sleeps. */
  public void sleep(long nanos) {
    Actor me = running();
    wake(me, me.waits(), nanos);
    waitForTurn(me);
  }

  /**
   * The actor that runs waits.
   *
   * @return whether {@code done} was completed within {@code nanos}
   */
  public boolean await(CompletionStage<?> done, long nanos) {
    Actor me = running();
    long wait = me.waits();
    boolean[] there = new boolean[1];
    var _ =
        done.whenComplete((value, error) -> {
          there[0] = true;
          wake(me, wait, 0);
        });
    if (!there[0]) {
      wake(me, wait, nanos);
    }
    waitForTurn(me);
    return there[0];
  }

  /** The actor that runs waits for a signal, at most {@code pause}; takes it. */
  public boolean await(Signal signal, Duration pause) {
    Actor me = running();
    boolean raised = signal.take();
    if (!raised) {
      long wait = me.waits();
      signal.onRaise(() -> wake(me, wait, 0));
      wake(me, wait, pause.toNanos());
      waitForTurn(me);
      signal.onRaise(null);
      raised = signal.take();
    }
    return raised;
  }

  /** The actor that runs is not given a processor for so long, when it next waits. */
  public void freeze(long nanos) {
    running().freezeUntil(now + nanos);
  }

  /** Ends a process: none of its events runs any more, and its actors end. */
  public void kill(Host host) {
    host.die();
    for (Actor actor : List.copyOf(actors)) {
      if (actor.host() == host && !actor.hasEnded() && actor.hasStarted()) {
        giveTurn(actor);
      }
    }
    actors.removeIf(actor -> actor.host() == host);
  }

  /** Kills all. */
  public void close() {
    List.copyOf(actors).forEach(actor -> kill(actor.host()));
    events.clear();
  }

  /** Runs what is due up to {@code time}. */
  public void runUntil(long time) {
    Event next = events.peek();
    while (next != null && next.due() <= time) {
      run(events.remove());
      next = events.peek();
    }
    now = Math.max(now, time);
  }

  private void run(Event event) {
    Host host = event.host();
    now = Math.max(now, event.due());
    if (host.isDead()) {
      return;
    }
    if (host.isPaused(now)) {
      events.add(new Event(host.pausedUntil(), event.order(), host, event.work()));
      return;
    }
    trace.mix(now);
    trace.mix(event.order());
    event.work().run();
  }

  private void wake(Actor actor, long wait, long nanos) {
    after(nanos, actor.host(), () -> resume(actor, wait));
  }

  private void resume(Actor actor, long wait) {
    if (actor.hasEnded() || actor.waits() != wait) {
      return;
    }
    if (actor.frozenUntil() > now) {
      wake(actor, wait, actor.frozenUntil() - now);
      return;
    }
    actor.nextWait();
    giveTurn(actor);
    if (actor.hasEnded()) {
      actors.remove(actor);
    }
  }

  private void giveTurn(Actor actor) {
    turn = actor;
    if (actor.hasStarted()) {
      LockSupport.unpark(actor.thread());
    } else {
      actor.start();
    }
    while (turn != null) {
      LockSupport.park(this);
    }
    Throwable defect = actor.defect();
    if (defect != null) {
      throw new IllegalStateException(actor + " threw " + defect, defect);
    }
  }

  private void giveBack() {
    turn = null;
    LockSupport.unpark(main);
  }

  private Actor running() {
    Actor me = turn;
    if (me == null) {
      throw new IllegalStateException("an event must not wait");
    }
    if (me.host().isDead()) {
      throw new Crash();
    }
    return me;
  }

  private void waitForTurn(Actor me) {
    giveBack();
    while (turn != me) {
      LockSupport.park(this);
    }
    if (me.host().isDead()) {
      throw new Crash();
    }
  }
}
