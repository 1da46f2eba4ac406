package io.sunchak.server.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spreads large answers over time, so that those who read them in a loop take no cores from the
 * issue call: an answer that comes too soon waits for its turn, and one that would wait too long is
 * refused. Thread-safe; never blocks.
 */
public final class Pace {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final int SHARE_AT_ONCE = 10;

  private final String policy;
  private final Rate rate;
  private final Bucket bucket;

  /**
   * A pace.
   *
   * @param policy its name in refusals
   * @param bytesPerSecond of all callers together; a tenth of it may come at once
   */
  public Pace(String policy, long bytesPerSecond) {
    this.policy = policy;
    this.rate = new Rate(bytesPerSecond / SHARE_AT_ONCE, bytesPerSecond);
    this.bucket =
        Bucket.builder()
            .addLimit(
                Bandwidth.builder()
                    .capacity(rate.burst())
                    .refillGreedy(rate.perSecond(), Duration.ofSeconds(1))
                    .build())
            .build();
  }

  /** Completes when an answer of this size has its turn, at once with a refusal if it has none. */
  public CompletableFuture<@Nullable Refusal> turn(long bytes) {
    long tokens = Math.clamp(bytes, 1, rate.burst());
    long wait = bucket.estimateAbilityToConsume(tokens).getNanosToWaitForRefill();
    if (wait > LONGEST_WAIT.toNanos()) {
      return CompletableFuture.completedFuture(
          new Refusal(policy, rate.burst(), rate.untilFull(), LONGEST_WAIT));
    }
    long late = bucket.consumeIgnoringRateLimits(tokens);
    return late == 0
        ? CompletableFuture.completedFuture(null)
        : new CompletableFuture<@Nullable Refusal>()
            .completeOnTimeout(null, late, TimeUnit.NANOSECONDS);
  }
}
