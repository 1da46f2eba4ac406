package io.sunchak.lab.drain;

import io.sunchak.lab.queue.WaitingQueue;
import io.sunchak.lab.write.Issuing;
import reactor.core.publisher.Mono;

/**
 * Drain 1: issues what stands at each position, in parallel, and pops once for each success.
 * <strong>Wrong</strong>: a pop takes the oldest entry, not the one that was issued.
 */
public record PopAfterSuccessDrain(WaitingQueue queue, Issuing issuing) implements QueueDrain {
  @Override
  public Mono<Void> run() {
    return InPlace.issue(queue, issuing, issued -> queue.pop().thenReturn(issued.campaign()))
        .collectList()
        .flatMap(issuing::refresh);
  }
}
