package io.sunchak.lab.drain;

import io.sunchak.lab.queue.WaitingQueue;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A queue on which something else happens between two commands of a drain. */
final class InterruptedQueue extends WaitingQueue {
  private final AtomicReference<Mono<Void>> beforeReading = new AtomicReference<>(Mono.empty());
  private final AtomicReference<Mono<Void>> beforeReplacing = new AtomicReference<>(Mono.empty());

  InterruptedQueue(ReactiveStringRedisTemplate redis, String key) {
    super(redis, key);
  }

  /** Once, before the whole queue is read. */
  void beforeReading(Mono<Void> event) {
    beforeReading.set(event);
  }

  /** Once, before the whole queue is replaced. */
  void beforeReplacing(Mono<Void> event) {
    beforeReplacing.set(event);
  }

  @Override
  public Flux<String> all() {
    return Flux.defer(() -> beforeReading.getAndSet(Mono.empty()).thenMany(super.all()));
  }

  @Override
  public Mono<Void> replace(List<String> entries) {
    return Mono.defer(() -> beforeReplacing.getAndSet(Mono.empty()).then(super.replace(entries)));
  }
}
