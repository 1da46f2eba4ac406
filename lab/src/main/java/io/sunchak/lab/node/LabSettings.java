package io.sunchak.lab.node;

import io.sunchak.alarm.Alarm;
import io.sunchak.lab.drain.DrainKind;
import io.sunchak.lab.redis.LabKeys;
import io.sunchak.lab.strategy.Stack;
import io.sunchak.lab.strategy.Strategy;
import java.time.Duration;
import org.springframework.core.retry.RetryPolicy;

/**
 * What a node of the lab is.
 *
 * @param drain of V5; the others have one drain
 * @param retry how failed issues are tried again
 */
public record LabSettings(
    Strategy strategy,
    Stack stack,
    DrainKind drain,
    Duration interval,
    RetryPolicy retry,
    LabKeys keys,
    Engines engines,
    Alarm alarm) {

  /** Where the engines are. */
  public record Engines(
      String redisUri, String jdbcUrl, String postgresUser, String postgresPassword) {}

  /** Eight retries, the first after {@code delay}, each after twice the pause of the last. */
  public static RetryPolicy retry(Duration delay) {
    return RetryPolicy.builder()
        .maxRetries(8)
        .delay(delay)
        .multiplier(2)
        .maxDelay(delay.multipliedBy(60))
        .jitter(delay.dividedBy(2))
        .build();
  }
}
