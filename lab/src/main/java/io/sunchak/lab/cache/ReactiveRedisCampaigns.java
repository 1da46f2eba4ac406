package io.sunchak.lab.cache;

import io.sunchak.core.CampaignId;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.ledger.Ledger;
import io.sunchak.lab.redis.LabKeys;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.springframework.data.redis.core.ReactiveHashOperations;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/** Facts from the Redis cache, else from the ledger, which fills the cache. Never blocks. */
public final class ReactiveRedisCampaigns implements CampaignFinder {
  private final ReactiveHashOperations<String, String, String> hash;
  private final LabKeys keys;
  private final Ledger ledger;
  private final CacheUpdates updates;

  public ReactiveRedisCampaigns(
      ReactiveStringRedisTemplate redis, LabKeys keys, Ledger ledger, CacheUpdates updates) {
    this.hash = redis.opsForHash();
    this.keys = keys;
    this.ledger = ledger;
    this.updates = updates;
  }

  @Override
  public CompletionStage<Optional<CampaignFacts>> find(CampaignId id) {
    return Stages.of(
        hash.multiGet(keys.facts(id), CachedFacts.FIELDS)
            .map(CachedFacts::read)
            .flatMap(cached ->
                cached.isPresent()
                    ? Mono.just(cached)
                    : Mono.fromCompletionStage(() -> updates.fill(id, ledger))));
  }
}
