package io.sunchak.lab.cache;

import io.sunchak.core.CampaignId;
import io.sunchak.lab.redis.LabKeys;
import java.util.Map;
import java.util.Optional;
import org.springframework.data.redis.core.ReactiveHashOperations;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/** Who holds which sequence, as Redis knows it from the moment of acceptance. */
public final class Holders {
  private final ReactiveHashOperations<String, String, String> hash;
  private final LabKeys keys;

  public Holders(ReactiveStringRedisTemplate redis, LabKeys keys) {
    this.hash = redis.opsForHash();
    this.keys = keys;
  }

  public Mono<Optional<Long>> find(CampaignId campaign, String user) {
    return hash.get(keys.issued(campaign), user).map(Long::valueOf).singleOptional();
  }

  public Mono<Long> count(CampaignId campaign) {
    return hash.size(keys.issued(campaign));
  }

  /** All of them: for a campaign with few. */
  public Mono<Map<String, Long>> all(CampaignId campaign) {
    return hash.entries(keys.issued(campaign))
        .collectMap(Map.Entry::getKey, entry -> Long.valueOf(entry.getValue()));
  }
}
