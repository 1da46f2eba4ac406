package io.sunchak.lab.drain;

import reactor.core.publisher.Mono;

/** One way to move what waits in the queue into the ledger. */
@FunctionalInterface
public interface QueueDrain {
  /** Drains what is there now; may fail, and then the next tick tries again. */
  Mono<Void> run();
}
