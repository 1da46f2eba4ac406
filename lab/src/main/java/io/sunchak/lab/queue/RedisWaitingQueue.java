package io.sunchak.lab.queue;

import java.util.List;
import org.springframework.data.redis.core.ReactiveListOperations;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A Redis list, added to at its tail and popped at its head. Thread-safe, never blocks. */
public final class RedisWaitingQueue implements WaitingQueue {
  private final ReactiveStringRedisTemplate redis;
  private final ReactiveListOperations<String, String> list;
  private final String key;

  public RedisWaitingQueue(ReactiveStringRedisTemplate redis, String key) {
    this.redis = redis;
    this.list = redis.opsForList();
    this.key = key;
  }

  @Override
  public Mono<Long> size() {
    return list.size(key);
  }

  @Override
  public Mono<String> at(long position) {
    return list.index(key, position);
  }

  @Override
  public Flux<String> all() {
    return list.range(key, 0, -1);
  }

  @Override
  public Mono<Void> add(String entry) {
    return list.rightPush(key, entry).then();
  }

  @Override
  public Mono<String> pop() {
    return list.leftPop(key);
  }

  @Override
  public Mono<Void> set(long position, String entry) {
    return list.set(key, position, entry).then();
  }

  @Override
  public Mono<Void> remove(String entry) {
    return list.remove(key, 1, entry).then();
  }

  /** Two commands, DEL and RPUSH: the seed's drain 3 needs it, and shows why that is not enough. */
  @Override
  public Mono<Void> replace(List<String> entries) {
    Mono<Void> emptied = redis.delete(key).then();
    return entries.isEmpty() ? emptied : emptied.then(list.rightPushAll(key, entries)).then();
  }
}
