package io.sunchak.lab.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.lab.queue.WaitingQueue;
import io.sunchak.lab.write.Issuing;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The first half of drains 1 to 3: issues what stands at each position, and leaves it there. */
final class InPlace {
  /** As many at once as there are connections to the ledger. */
  static final int PARALLEL = 16;

  /** What was issued, and where it stood when it was read. */
  record Issued(int position, CampaignId campaign) {}

  private InPlace() {}

  /**
   * Issues in parallel.
   *
   * @param then what is done at once after each success
   */
  static <T> Flux<T> issue(WaitingQueue queue, Issuing issuing, Function<Issued, Mono<T>> then) {
    return queue
        .size()
        .flatMapMany(size -> Flux.range(0, size.intValue()))
        .flatMap(
            position ->
                queue
                    .at(position)
                    .flatMap(issuing::issue)
                    .flatMap(campaign -> then.apply(new Issued(position, campaign))),
            PARALLEL);
  }

  static Mono<Void> refresh(Issuing issuing, List<Issued> all) {
    return Mono.defer(() -> issuing.refresh(all.stream().map(Issued::campaign).toList()));
  }
}
