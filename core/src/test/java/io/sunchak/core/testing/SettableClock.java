package io.sunchak.core.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes only when told. Thread-safe. */
public final class SettableClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-12-24T03:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
