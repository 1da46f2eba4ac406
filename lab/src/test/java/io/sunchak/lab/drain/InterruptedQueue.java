package io.sunchak.lab.drain;

import io.sunchak.lab.queue.WaitingQueue;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A queue on which something else happens between two commands of a drain. */
final class InterruptedQueue implements WaitingQueue {
  private final AtomicReference<Mono<Void>> beforeReading = new AtomicReference<>(Mono.empty());
  private final AtomicReference<Mono<Void>> beforeReplacing = new AtomicReference<>(Mono.empty());
  private final WaitingQueue queue;

  InterruptedQueue(WaitingQueue queue) {
    this.queue = queue;
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
    return Flux.defer(() -> beforeReading.getAndSet(Mono.empty()).thenMany(queue.all()));
  }

  @Override
  public Mono<Void> replace(List<String> entries) {
    return Mono.defer(() -> beforeReplacing.getAndSet(Mono.empty()).then(queue.replace(entries)));
  }

  @Override
  public Mono<Long> size() {
    return queue.size();
  }

  @Override
  public Mono<String> at(long position) {
    return queue.at(position);
  }

  @Override
  public Mono<Void> add(String entry) {
    return queue.add(entry);
  }

  @Override
  public Mono<String> pop() {
    return queue.pop();
  }

  @Override
  public Mono<Void> set(long position, String entry) {
    return queue.set(position, entry);
  }

  @Override
  public Mono<Void> remove(String entry) {
    return queue.remove(entry);
  }
}
