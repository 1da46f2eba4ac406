package io.sunchak.chaos.schedule;

import java.time.Duration;

/**
 * One fault at one moment.
 *
 * @param at from the first request of the cycle
 * @param lasting how long what was struck stays away; 0 for a fault that is over at once
 * @param server which server, 0 or 1, where the fault concerns one
 * @param choice a number from which the fault takes what else it must choose
 */
public record Strike(Fault fault, Duration at, Duration lasting, int server, int choice) {
  @Override
  public String toString() {
    return "%s at %d ms for %d ms, server %d, choice %d"
        .formatted(fault, at.toMillis(), lasting.toMillis(), server, choice);
  }
}
