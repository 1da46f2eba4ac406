package io.sunchak.lab.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.lab.cache.Issuing;
import io.sunchak.lab.failure.Failures;
import io.sunchak.lab.queue.WaitingQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Drain 4: pops, then issues, in parallel. Each entry is one run's alone, so runs may overlap; what
 * cannot be read or issued goes to the failures, which tell, keep and try again. <strong>Its
 * flaw</strong>: between the pop and the row the entry stands nowhere but in this process.
 */
public final class PopFirstDrain implements QueueDrain {
  private final WaitingQueue queue;
  private final Issuing issuing;
  private final Failures failures;

  public PopFirstDrain(WaitingQueue queue, Issuing issuing, Failures failures) {
    this.queue = queue;
    this.issuing = issuing;
    this.failures = failures;
  }

  @Override
  public Mono<Void> run() {
    return queue
        .size()
        .flatMapMany(size -> Flux.range(0, size.intValue()))
        // An error must not cancel what the others have popped.
        .flatMapDelayError(turn -> queue.pop().flatMap(this::issue), Parallel.AT_ONCE, 1)
        .collectList()
        .flatMap(issuing::refresh);
  }

  private Mono<CampaignId> issue(String entry) {
    return issuing
        .issue(entry)
        .onErrorResume(error -> failures.keep(entry, error).then(Mono.empty()));
  }
}
