package io.sunchak.lab.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.lab.cache.Issuing;
import io.sunchak.lab.queue.WaitingQueue;
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
public final class RemoveByIndexDrain implements QueueDrain {
  private static final String REMOVED = "__removed__";

  private final WaitingQueue queue;
  private final Issuing issuing;

  private record Success(int position, CampaignId campaign) {}

  public RemoveByIndexDrain(WaitingQueue queue, Issuing issuing) {
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
        .flatMap(this::finish);
  }

  private Mono<Void> finish(List<Success> successes) {
    return Flux.fromIterable(successes)
        .sort(Comparator.comparingInt(Success::position).reversed())
        .concatMap(success -> queue.set(success.position(), REMOVED).then(queue.remove(REMOVED)))
        .then(
            Mono.defer(() -> issuing.refresh(successes.stream().map(Success::campaign).toList())));
  }
}
