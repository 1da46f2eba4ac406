package io.sunchak.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket for each key that calls more than rarely. A crowd presses once or twice each: a
 * bucket for everybody took a sixth of the server's CPU in a drop, so the first few tokens of a key
 * are counted in {@link RecentCalls}, and its bucket starts without them. A key may get these few
 * twice when a window of time ends between its calls. Bounded: a bucket that has become full again
 * is dropped, which changes nothing, and beyond {@code most} the least used keys start with a new
 * bucket. Thread-safe; callers do not wait for each other.
 *
 * <p>The bucket is Bucket4j's and the map Caffeine's; this class joins the two.
 */
final class Buckets<K> {
  private static final int RARELY = 8;

  /** The share of a bucket that is counted without it. */
  private static final int SHARE = 8;

  private final String policy;
  private final Rate rate;
  private final Bandwidth bandwidth;
  private final RecentCalls recent;
  private final Cache<K, Bucket> buckets;

  Buckets(String policy, Rate rate, long most) {
    this.policy = policy;
    this.rate = rate;
    int rarely = Math.toIntExact(Math.min(RARELY, rate.burst() / SHARE));
    this.recent = new RecentCalls(rarely, rate.untilFull(), System::nanoTime);
    this.bandwidth =
        Bandwidth.builder()
            .capacity(rate.burst())
            .refillGreedy(rate.perSecond(), Duration.ofSeconds(1))
            .initialTokens(rate.burst() - rarely)
            .build();
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterAccess(rate.untilFull())
            .executor(Runnable::run) // a worker's wake-up costs more than what it would do
            .scheduler(Scheduler.systemScheduler())
            .build();
  }

  /** Takes one token; a refusal if there is none. */
  @Nullable Refusal take(K key) {
    if (recent.isRare(key)) {
      return null;
    }
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
