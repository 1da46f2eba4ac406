package io.sunchak.lab.failure;

import io.sunchak.lab.cache.Issuing;
import io.sunchak.lab.failure.Failure.State;
import java.util.List;
import reactor.core.publisher.Mono;

/** One more attempt at a failure, by the retry or by a person. */
public record Replay(FailureQueue queue, Issuing issuing) {
  /**
   * Issues it, then forgets it, in this order: a crash between the two repeats what is harmless.
   * Fails as the attempt failed, once that is written down.
   */
  public Mono<Void> attempt(Failure failure) {
    return issuing
        .issue(failure.entry())
        .onErrorResume(error -> noted(failure, error).then(Mono.error(error)))
        .flatMap(campaign -> queue.remove(failure).then(issuing.refresh(List.of(campaign))));
  }

  private Mono<Void> noted(Failure failure, Throwable error) {
    State state = Failures.isHopeless(error) ? State.KEPT : failure.state();
    return queue.put(failure.again(Failures.reason(error), state));
  }
}
