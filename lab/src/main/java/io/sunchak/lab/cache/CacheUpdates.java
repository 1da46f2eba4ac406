package io.sunchak.lab.cache;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.ledger.Ledger;
import io.sunchak.lab.redis.LabKeys;
import io.sunchak.lab.redis.LuaScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Writes facts to the Redis cache, and publishes to every node's local cache that they changed. A
 * message may be lost: a local cache also expires by itself.
 */
public record CacheUpdates(ReactiveStringRedisTemplate redis, LabKeys keys) {
  private static final RedisScript<Long> PUT = LuaScript.read("put_campaign.lua", Long.class);

  private static final Duration LOST = Duration.ofSeconds(2);

  /** After a campaign was created or changed. */
  public Mono<Void> put(Campaign campaign) {
    return write(campaign).then(tell(campaign.id()));
  }

  /** After a drain: how many coupons the ledger has now. */
  public Mono<Void> issued(CampaignId campaign, long issued) {
    return redis
        .opsForHash()
        .put(keys.facts(campaign), CachedFacts.ISSUED, Long.toString(issued))
        .then(tell(campaign));
  }

  /** On a miss. */
  CompletionStage<Optional<CampaignFacts>> fill(CampaignId id, Ledger ledger) {
    return ledger
        .find(id)
        .thenCombine(
            ledger.issued(id),
            (found, issued) -> found.map(campaign -> new CampaignFacts(campaign, issued)))
        .thenCompose(found ->
            found.isEmpty()
                ? CompletableFuture.completedFuture(found)
                : Stages.of(write(found.get().campaign()).thenReturn(found)));
  }

  /** Every campaign whose facts changed, as the nodes tell it; goes on after a lost connection. */
  public Flux<CampaignId> changes() {
    return redis
        .listenToChannel(LabKeys.CHANGES)
        .map(message -> new CampaignId(message.getMessage()))
        .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(LOST));
  }

  private Mono<Void> write(Campaign campaign) {
    List<String> arguments =
        List.of(Long.toString(campaign.version()), CachedFacts.write(campaign));
    return redis.execute(PUT, List.of(keys.facts(campaign.id())), arguments).then();
  }

  private Mono<Void> tell(CampaignId campaign) {
    return redis.convertAndSend(LabKeys.CHANGES, campaign.value()).then();
  }
}
