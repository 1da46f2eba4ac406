package io.sunchak.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket for each key. Taking a token is a look-up in a concurrent map and a
 * compare-and-set, so callers do not wait for each other. Bounded: a bucket that has become full
 * again is dropped, which changes nothing, and beyond {@code most} the least used keys start with a
 * new bucket. Thread-safe.
 *
 * <p>The bucket is Bucket4j's and the map Caffeine's; this class joins the two.
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

  /** Takes one token; a refusal if there is none. */
  @Nullable Refusal take(K key) {
    Bucket bucket = buckets.get(key, any -> Bucket.builder().addLimit(bandwidth).build());
    if (bucket.tryConsume(1)) {
      return null;
    }
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return new Refusal(policy, rate.burst(), rate.untilFull(), Duration.ofNanos(nanos));
  }

  /** The number of buckets. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
