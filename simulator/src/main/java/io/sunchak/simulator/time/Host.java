package io.sunchak.simulator.time;

/**
 * A process, as the scheduler sees it: it lives until it is killed, and while it is paused nothing
 * of it runs. A process that is started again is another host. Not thread-safe.
 */
public final class Host {
  private final String name;
  private boolean dead;
  private long pausedUntil = Long.MIN_VALUE;

  /** A process that lives. */
  public Host(String name) {
    this.name = name;
  }

  public boolean isDead() {
    return dead;
  }

  void die() {
    dead = true;
  }

  /** Nothing of it runs before {@code time}. */
  public void pauseUntil(long time) {
    pausedUntil = Math.max(pausedUntil, time);
  }

  /** Whether it stands still at {@code time}. */
  public boolean isPaused(long time) {
    return pausedUntil > time;
  }

  long pausedUntil() {
    return pausedUntil;
  }

  @Override
  public String toString() {
    return name;
  }
}
