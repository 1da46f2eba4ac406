package io.sunchak.simulator.time;

import org.jspecify.annotations.Nullable;

/** A thread of a simulated process. It runs only while it has the turn. */
final class Actor {
  private final Host host;
  private final String name;
  private final Thread thread;
  private long waits;
  private long frozenUntil = Long.MIN_VALUE;
  private boolean started;
  private boolean ended;
  private @Nullable Throwable defect;

  Actor(Host host, String name, Runnable body, Runnable giveBack) {
    this.host = host;
    this.name = name;
    this.thread =
        Thread.ofVirtual()
            .name(host + "/" + name)
            .unstarted(() -> {
              try {
                body.run();
              } catch (Crash expected) {
                // Its process was killed.
              } catch (Throwable thrown) {
                defect = thrown;
              } finally {
                ended = true;
                giveBack.run();
              }
            });
  }

  Host host() {
    return host;
  }

  Thread thread() {
    return thread;
  }

  boolean hasStarted() {
    return started;
  }

  void start() {
    started = true;
    thread.start();
  }

  boolean hasEnded() {
    return ended;
  }

  @Nullable Throwable defect() {
    return defect;
  }

  /** The number of its current wait; a wake-up for an earlier one is void. */
  long waits() {
    return waits;
  }

  void nextWait() {
    waits++;
  }

  long frozenUntil() {
    return frozenUntil;
  }

  void freezeUntil(long time) {
    frozenUntil = Math.max(frozenUntil, time);
  }

  @Override
  public String toString() {
    return host + "/" + name;
  }
}
