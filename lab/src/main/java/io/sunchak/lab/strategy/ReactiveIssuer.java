package io.sunchak.lab.strategy;

import io.sunchak.core.Campaign;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueRequest;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.cache.CampaignFinder;
import io.sunchak.lab.redis.LabKeys;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;

/**
 * The same script by reactive Redis: no thread waits for it, so a few serve everybody.
 *
 * @param campaigns must not block
 */
public record ReactiveIssuer(
    ReactiveStringRedisTemplate redis, LabKeys keys, CampaignFinder campaigns)
    implements CouponIssuer {
  /** Read with this class, so that no event loop waits for the file. */
  private static final RedisScript<String> SCRIPT = ReserveScript.TEXT;

  @Override
  public CompletionStage<IssueOutcome> issue(IssueRequest request) {
    return Stages.of(decide(request));
  }

  private Mono<IssueOutcome> decide(IssueRequest request) {
    return Mono.fromCompletionStage(() -> campaigns.find(request.campaign()))
        .flatMap(found ->
            found.isEmpty()
                ? Mono.just(new CampaignNotFound())
                : reserve(request, found.get().campaign()))
        .onErrorResume(failure -> Mono.just(RedisFailures.outcome(failure)));
  }

  private Mono<IssueOutcome> reserve(IssueRequest request, Campaign campaign) {
    return redis
        .execute(
            SCRIPT,
            ReserveScript.keys(keys, campaign.id()),
            List.of(ReserveScript.arguments(request, campaign)))
        .single()
        .map(reply -> ReserveScript.outcome(reply, campaign));
  }
}
