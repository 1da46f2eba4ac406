package io.sunchak.server.limits;

import java.time.Duration;
import java.util.Map;

/**
 * A refusal because a bucket was empty. Its headers are those of
 * draft-ietf-httpapi-ratelimit-headers-10.
 *
 * @param policy which bucket: {@code user} or {@code address}
 * @param quota the tokens of a full bucket
 * @param window the time in which an empty bucket becomes full
 * @param next the time until the next token
 */
public record Refusal(String policy, long quota, Duration window, Duration next) {

  /** Whole seconds, at least one. */
  public int seconds() {
    return Math.toIntExact(Math.max(1, roundedUp(next)));
  }

  public Map<String, String> headers() {
    return Map.of(
        "RateLimit-Policy",
        "\"%s\";q=%d;w=%d".formatted(policy, quota, Math.max(1, roundedUp(window))),
        "RateLimit",
        "\"%s\";r=0;t=%d".formatted(policy, seconds()));
  }

  private static long roundedUp(Duration duration) {
    return duration.plusSeconds(1).minusNanos(1).toSeconds();
  }
}
