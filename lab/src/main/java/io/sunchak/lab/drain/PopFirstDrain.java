package io.sunchak.lab.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.lab.failure.Failures;
import io.sunchak.lab.queue.WaitingQueue;
import io.sunchak.lab.write.Issuing;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Drain 4: pops, then issues, in parallel. Each entry is one run's alone, so runs may overlap; what
 * cannot be read or issued goes to the failures, which report, keep and retry. <strong>Its
 * flaw</strong>: between the pop and the row the entry exists only in this process.
 */
public record PopFirstDrain(WaitingQueue queue, Issuing issuing, Failures failures)
    implements QueueDrain {
  @Override
  public Mono<Void> run() {
    return queue
        .size()
        .flatMapMany(size -> Flux.range(0, size.intValue()))
        // An error must not cancel what the others have popped.
        .flatMapDelayError(turn -> queue.pop().flatMap(this::issue), InPlace.PARALLEL, 1)
        .collectList()
        .flatMap(issuing::refresh);
  }

  private Mono<CampaignId> issue(String entry) {
    return issuing
        .issue(entry)
        .onErrorResume(error -> failures.keep(entry, error).then(Mono.empty()));
  }
}
