package io.sunchak.lab.queue;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The waiting queue, with what a Redis list can do: each method is one command, and nothing holds
 * two of them together. Positions count from the oldest entry, from 0.
 */
public interface WaitingQueue {
  Mono<Long> size();

  /** Empty when there is no such position. */
  Mono<String> at(long position);

  Flux<String> all();

  Mono<Void> add(String entry);

  /** Takes the oldest entry; empty when there is none. */
  Mono<String> pop();

  /** Overwrites what stands at a position. */
  Mono<Void> set(long position, String entry);

  /** Removes the oldest entry that equals this one. */
  Mono<Void> remove(String entry);

  /** Makes these the whole queue, whatever it held. */
  Mono<Void> replace(List<String> entries);
}
