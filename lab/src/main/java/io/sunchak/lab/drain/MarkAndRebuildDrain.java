package io.sunchak.lab.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.lab.cache.Issuing;
import io.sunchak.lab.queue.WaitingQueue;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Drain 3: issues in parallel, overwrites what succeeded with a mark, then reads the list and
 * writes it anew without the marks. <strong>Wrong</strong>: what is enqueued between the reading
 * and the writing is gone, and a run that overlaps takes a mark for an entry and fails.
 */
public final class MarkAndRebuildDrain implements QueueDrain {
  static final String MARK = "__deleted__";

  private final WaitingQueue queue;
  private final Issuing issuing;

  private record Success(int position, CampaignId campaign) {}

  public MarkAndRebuildDrain(WaitingQueue queue, Issuing issuing) {
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
                    .map(campaign -> new Success(position, campaign)),
            Parallel.AT_ONCE)
        .collectList()
        .filter(successes -> !successes.isEmpty())
        .flatMap(this::finish);
  }

  private Mono<Void> finish(List<Success> successes) {
    return Flux.fromIterable(successes)
        .flatMap(success -> queue.set(success.position(), MARK), Parallel.AT_ONCE)
        .then(Mono.defer(this::rebuild))
        .then(
            Mono.defer(() -> issuing.refresh(successes.stream().map(Success::campaign).toList())));
  }

  private Mono<Void> rebuild() {
    return queue.all().filter(entry -> !entry.equals(MARK)).collectList().flatMap(queue::replace);
  }
}
