package io.sunchak.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket for each key. A key's bucket is its own: taking from it is one compare-and-set,
 * and finding it is one look into a concurrent map, so callers do not wait for each other. Bounded:
 * a bucket that was left alone until it is full again is forgotten, which nobody can tell, and
 * beyond {@code most} the rarest keys begin anew. Thread-safe.
 */
final class Buckets<K> {
  private final String policy;
  private final Rate rate;
  private final Bandwidth bandwidth;
  private final Cache<K, Bucket> buckets;

  Buckets(String policy, Rate rate, long most) {
    this.policy = policy;
    this.rate = rate;
    this.bandwidth =
        Bandwidth.builder()
            .capacity(rate.burst())
            .refillGreedy(rate.perSecond(), Duration.ofSeconds(1))
            .build();
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterAccess(rate.untilFull())
            .scheduler(Scheduler.systemScheduler())
            .build();
  }

  /** Takes one; a refusal when there is none. */
  @Nullable Refusal take(K key) {
    Bucket bucket = buckets.get(key, any -> Bucket.builder().addLimit(bandwidth).build());
    if (bucket.tryConsume(1)) {
      return null;
    }
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return new Refusal(policy, rate.burst(), rate.untilFull(), Duration.ofNanos(nanos));
  }

  /** How many are kept. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
