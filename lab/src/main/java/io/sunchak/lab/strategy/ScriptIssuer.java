package io.sunchak.lab.strategy;

import io.sunchak.core.Campaign;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueRequest;
import io.sunchak.lab.cache.CampaignFinder;
import io.sunchak.lab.redis.LabKeys;
import java.util.concurrent.CompletionStage;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Checks and adds in one Lua script, which Redis runs as one command: no lock, and no gap between
 * the two. Blocks its caller.
 */
public record ScriptIssuer(StringRedisTemplate redis, LabKeys keys, CampaignFinder campaigns)
    implements CouponIssuer {
  @Override
  public CompletionStage<IssueOutcome> issue(IssueRequest request) {
    return campaigns
        .find(request.campaign())
        .thenApply(found ->
            found.isEmpty() ? new CampaignNotFound() : reserve(request, found.get().campaign()))
        .exceptionally(RedisFailures::outcome);
  }

  private IssueOutcome reserve(IssueRequest request, Campaign campaign) {
    Object[] arguments = ReserveScript.arguments(request, campaign);
    String reply =
        redis.execute(ReserveScript.TEXT, ReserveScript.keys(keys, campaign.id()), arguments);
    return ReserveScript.outcome(reply, campaign);
  }
}
