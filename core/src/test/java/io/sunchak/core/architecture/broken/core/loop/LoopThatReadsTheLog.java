package io.sunchak.core.architecture.broken.core.loop;

import io.sunchak.core.log.ReservationLog;

/** Breaks the rule that a loop knows the domain at most, and begins a thread that anything ends. */
record LoopThatReadsTheLog(ReservationLog log) {
  Thread begun() {
    return Thread.ofVirtual().start(() -> {});
  }
}
