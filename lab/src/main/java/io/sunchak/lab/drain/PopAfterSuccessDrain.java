package io.sunchak.lab.drain;

import io.sunchak.lab.cache.Issuing;
import io.sunchak.lab.queue.WaitingQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Drain 1: issues what stands at each position, in parallel, and pops once for each success.
 * <strong>Wrong</strong>: a pop takes the oldest entry, not the one that was issued.
 */
public final class PopAfterSuccessDrain implements QueueDrain {
  private final WaitingQueue queue;
  private final Issuing issuing;

  public PopAfterSuccessDrain(WaitingQueue queue, Issuing issuing) {
    this.queue = queue;
    this.issuing = issuing;
  }

  @Override
  public Mono<Void> run() {
    return queue
        .size()
        .flatMapMany(size -> Flux.range(0, size.intValue()))
        .flatMap(
            position ->
                queue
                    .at(position)
                    .flatMap(issuing::issue)
                    .flatMap(campaign -> queue.pop().thenReturn(campaign)),
            Parallel.AT_ONCE)
        .collectList()
        .flatMap(issuing::refresh);
  }
}
