package io.sunchak.lab.drain;

import io.sunchak.lab.drain.InPlace.Issued;
import io.sunchak.lab.queue.WaitingQueue;
import io.sunchak.lab.write.Issuing;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Drain 3: issues in parallel, overwrites what succeeded with a mark, then reads the list and
 * writes it anew without the marks. <strong>Wrong</strong>: what is enqueued between the reading
 * and the writing is gone, and a run that overlaps takes a mark for an entry and fails.
 */
public record MarkAndRebuildDrain(WaitingQueue queue, Issuing issuing) implements QueueDrain {
  static final String MARK = "__deleted__";

  @Override
  public Mono<Void> run() {
    return InPlace.issue(queue, issuing, Mono::just)
        .collectList()
        .filter(all -> !all.isEmpty())
        .flatMap(this::finish);
  }

  private Mono<Void> finish(List<Issued> all) {
    return Flux.fromIterable(all)
        .flatMap(issued -> queue.set(issued.position(), MARK), InPlace.PARALLEL)
        .then(Mono.defer(this::rebuild))
        .then(InPlace.refresh(issuing, all));
  }

  private Mono<Void> rebuild() {
    return queue.all().filter(entry -> !entry.equals(MARK)).collectList().flatMap(queue::replace);
  }
}
