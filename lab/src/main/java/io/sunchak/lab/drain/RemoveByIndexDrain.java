package io.sunchak.lab.drain;

import io.sunchak.lab.drain.InPlace.Issued;
import io.sunchak.lab.queue.WaitingQueue;
import io.sunchak.lab.write.Issuing;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Drain 2: issues in parallel, then removes the positions that succeeded, from the back, so that
 * one removal does not shift the next. A Redis list has no removal by position: each is
 * overwritten, then removed by that value. <strong>Wrong</strong>: the positions are true only as
 * long as nobody else removes, and a run that takes longer than the interval meets the next one.
 */
public record RemoveByIndexDrain(WaitingQueue queue, Issuing issuing) implements QueueDrain {
  private static final String REMOVED = "__removed__";

  @Override
  public Mono<Void> run() {
    return InPlace.issue(queue, issuing, Mono::just).collectList().flatMap(this::finish);
  }

  private Mono<Void> finish(List<Issued> all) {
    return Flux.fromIterable(all)
        .sort(Comparator.comparingInt(Issued::position).reversed())
        .concatMap(issued -> queue.set(issued.position(), REMOVED).then(queue.remove(REMOVED)))
        .then(InPlace.refresh(issuing, all));
  }
}
