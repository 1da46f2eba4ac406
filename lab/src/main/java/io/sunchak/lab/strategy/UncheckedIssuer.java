package io.sunchak.lab.strategy;

import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.IssueOutcome.CampaignNotFound;
import io.sunchak.core.IssueOutcome.SoldOut;
import io.sunchak.core.IssueRequest;
import io.sunchak.lab.cache.CampaignFacts;
import io.sunchak.lab.cache.CampaignFinder;
import io.sunchak.lab.queue.QueuedIssue;
import io.sunchak.lab.redis.LabKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Checks, then adds, by one plain command after the other. Each of them is atomic, because Redis
 * runs one at a time; together they are not. <strong>It oversells</strong> when requests overlap,
 * unless something around it serializes them. Blocks its caller.
 */
public final class UncheckedIssuer implements CouponIssuer {
  private final StringRedisTemplate redis;
  private final HashOperations<String, String, String> hash;
  private final LabKeys keys;
  private final CampaignFinder campaigns;
  private final InstantSource clock;

  public UncheckedIssuer(
      StringRedisTemplate redis, LabKeys keys, CampaignFinder campaigns, InstantSource clock) {
    this.redis = redis;
    this.hash = redis.opsForHash();
    this.keys = keys;
    this.campaigns = campaigns;
    this.clock = clock;
  }

  @Override
  public CompletionStage<IssueOutcome> issue(IssueRequest request) {
    return campaigns
        .find(request.campaign())
        .thenApply(
            found -> found.isEmpty() ? new CampaignNotFound() : checkThenAdd(request, found.get()))
        .exceptionally(RedisFailures::outcome);
  }

  private IssueOutcome checkThenAdd(IssueRequest request, CampaignFacts facts) {
    String issued = keys.issued(request.campaign());
    String sequence = hash.get(issued, request.user().value());
    if (sequence != null) {
      return new AlreadyIssued(Long.parseLong(sequence));
    }
    Optional<IssueOutcome> refusal = facts.refusalAt(clock.instant());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!facts.campaign().stock().covers(hash.size(issued) + 1)) {
      return new SoldOut();
    }
    return add(request, issued, clock.instant());
  }

  /** By now other threads may have seen the same number. */
  private IssueOutcome add(IssueRequest request, String issued, Instant acceptedAt) {
    String user = request.user().value();
    long sequence = orThrow(redis.opsForValue().increment(keys.sequence(request.campaign())));
    if (!hash.putIfAbsent(issued, user, Long.toString(sequence))) {
      return new AlreadyIssued(Long.parseLong(orThrow(hash.get(issued, user))));
    }
    QueuedIssue entry = new QueuedIssue(request.campaign(), user, sequence, acceptedAt);
    redis.opsForList().rightPush(keys.queue(), entry.json());
    return new Accepted(sequence, acceptedAt);
  }

  private static <T> T orThrow(@Nullable T reply) {
    if (reply == null) {
      throw new IllegalStateException("Redis replied with nothing outside a transaction");
    }
    return reply;
  }
}
