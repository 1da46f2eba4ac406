package io.sunchak.lab.cache;

import io.sunchak.core.CampaignId;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.ledger.Ledger;
import io.sunchak.lab.redis.LabKeys;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Facts from the Redis cache, else from the ledger, which fills the cache. Blocks its caller. */
public final class RedisCampaigns implements CampaignFinder {
  private final HashOperations<String, String, String> hash;
  private final LabKeys keys;
  private final Ledger ledger;
  private final CacheUpdates updates;

  public RedisCampaigns(
      StringRedisTemplate redis, LabKeys keys, Ledger ledger, CacheUpdates updates) {
    this.hash = redis.opsForHash();
    this.keys = keys;
    this.ledger = ledger;
    this.updates = updates;
  }

  @Override
  public CompletionStage<Optional<CampaignFacts>> find(CampaignId id) {
    return Stages.blocking(
            () -> CachedFacts.read(hash.multiGet(keys.facts(id), CachedFacts.FIELDS)))
        .thenCompose(cached ->
            cached.isPresent() ? Stages.blocking(() -> cached) : updates.fill(id, ledger));
  }
}
