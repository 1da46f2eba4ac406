package io.sunchak.lab.failure;

import org.springframework.data.redis.core.ReactiveHashOperations;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The kept failures, in a Redis hash: in Redis, because what fails is often the ledger. */
public final class FailureQueue {
  private final ReactiveHashOperations<String, String, String> hash;
  private final String key;

  public FailureQueue(ReactiveStringRedisTemplate redis, String key) {
    this.hash = redis.opsForHash();
    this.key = key;
  }

  Mono<Void> put(Failure failure) {
    return hash.put(key, failure.id(), failure.json()).then();
  }

  Mono<Void> remove(Failure failure) {
    return hash.remove(key, failure.id()).then();
  }

  Mono<Failure> find(String id) {
    return hash.get(key, id).map(Failure::parse);
  }

  Flux<Failure> all() {
    return hash.values(key).map(Failure::parse);
  }
}
