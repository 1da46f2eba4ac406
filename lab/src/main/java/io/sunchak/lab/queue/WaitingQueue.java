package io.sunchak.lab.queue;

import java.util.List;
import org.springframework.data.redis.core.ReactiveListOperations;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The waiting queue, a Redis list that is added to at its tail and popped at its head: each method
 * is one command, and nothing holds two of them together. Positions count from the oldest entry,
 * from 0. Thread-safe, never blocks.
 */
public class WaitingQueue {
  private final ReactiveStringRedisTemplate redis;
  private final ReactiveListOperations<String, String> list;
  private final String key;

  public WaitingQueue(ReactiveStringRedisTemplate redis, String key) {
    this.redis = redis;
    this.list = redis.opsForList();
    this.key = key;
  }

  public final Mono<Long> size() {
    return list.size(key);
  }

  /** Empty when there is no such position. */
  public final Mono<String> at(long position) {
    return list.index(key, position);
  }

  public Flux<String> all() {
    return list.range(key, 0, -1);
  }

  public final Mono<Void> add(String entry) {
    return list.rightPush(key, entry).then();
  }

  /** Takes the oldest entry; empty when there is none. */
  public final Mono<String> pop() {
    return list.leftPop(key);
  }

  /** Overwrites what stands at a position. */
  public final Mono<Void> set(long position, String entry) {
    return list.set(key, position, entry).then();
  }

  /** Removes the oldest entry that equals this one. */
  public final Mono<Void> remove(String entry) {
    return list.remove(key, 1, entry).then();
  }

  /**
   * Makes these the whole queue, whatever it held, by two commands, DEL and RPUSH: the seed's drain
   * 3 needs it, and shows why that is not enough.
   */
  public Mono<Void> replace(List<String> entries) {
    Mono<Void> emptied = redis.delete(key).then();
    return entries.isEmpty() ? emptied : emptied.then(list.rightPushAll(key, entries)).then();
  }
}
