package io.sunchak.lab.cache;

import io.sunchak.lab.async.Stages;
import io.sunchak.lab.ledger.Ledger;
import io.sunchak.lab.redis.LabKeys;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.ReactiveHashOperations;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import reactor.core.publisher.Mono;

/** Facts from the Redis cache, else from the ledger, which fills the cache. */
public final class RedisCampaigns {
  private RedisCampaigns() {}

  /** Blocks its caller. */
  public static CampaignFinder blocking(
      StringRedisTemplate redis, LabKeys keys, Ledger ledger, CacheUpdates updates) {
    HashOperations<String, String, String> hash = redis.opsForHash();
    return id ->
        Stages.blocking(() -> CachedFacts.read(hash.multiGet(keys.facts(id), CachedFacts.FIELDS)))
            .thenCompose(cached ->
                cached.isPresent() ? Stages.blocking(() -> cached) : updates.fill(id, ledger));
  }

  /** Never blocks. */
  public static CampaignFinder reactive(
      ReactiveStringRedisTemplate redis, LabKeys keys, Ledger ledger, CacheUpdates updates) {
    ReactiveHashOperations<String, String, String> hash = redis.opsForHash();
    return id ->
        Stages.of(
            hash.multiGet(keys.facts(id), CachedFacts.FIELDS)
                .map(CachedFacts::read)
                .flatMap(cached ->
                    cached.isPresent()
                        ? Mono.just(cached)
                        : Mono.fromCompletionStage(() -> updates.fill(id, ledger))));
  }
}
