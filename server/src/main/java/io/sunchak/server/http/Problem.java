package io.sunchak.server.http;

import io.sunchak.server.limits.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An RFC 9457 problem. Spring's {@code ProblemDetail} can be changed by whoever holds it and is
 * written anew by a codec each time; this one is a value, answers the issue call too, which no
 * Spring sees, and is written once where it says no more than its code.
 *
 * @param detail for people; may be null
 * @param errors one per field that is not allowed
 * @param retryAfter seconds, with jitter on 429 and 503 so that clients do not return all at once;
 *     null for none
 * @param moment when the campaign opens, for NOT_OPEN, or when what the code says happened or will;
 *     null for none
 * @param headers further headers of the answer
 */
public record Problem(
    Code code,
    @Nullable String detail,
    List<FieldError> errors,
    @Nullable Integer retryAfter,
    @Nullable Moment moment,
    Map<String, String> headers) {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<Code, String> PLAIN = new ConcurrentHashMap<>();
  private static final int JITTER_SECONDS = 3;

  /** A time and the name of its field. */
  public record Moment(String field, Instant at) {}

  /** One field and the rule it broke. */
  public record FieldError(String field, String rule) {}

  public static Problem of(Code code) {
    return of(code, null);
  }

  public static Problem of(Code code, @Nullable String detail) {
    Integer wait = code.status() == 503 || code.status() == 429 ? 1 + jitter() : null;
    return new Problem(code, detail, List.of(), wait, null, Map.of());
  }

  /** INVALID. */
  public static Problem invalid(List<FieldError> errors) {
    return new Problem(Code.INVALID, null, errors, null, null, Map.of());
  }

  /** NOT_OPEN; {@code seconds} until the opening, at least 1. */
  public static Problem notOpen(Instant opensAt, int seconds) {
    Moment opens = new Moment("opensAt", opensAt);
    return new Problem(Code.NOT_OPEN, null, List.of(), seconds, opens, Map.of());
  }

  /** A refusal because of what happened, or will, at {@code at}. */
  public static Problem since(Code code, Instant at) {
    return new Problem(code, null, List.of(), null, new Moment("at", at), Map.of());
  }

  /** RATE_LIMITED. */
  public static Problem limited(Refusal refusal) {
    int wait = refusal.seconds() + jitter();
    return new Problem(Code.RATE_LIMITED, null, List.of(), wait, null, refusal.headers());
  }

  private static int jitter() {
    return ThreadLocalRandom.current().nextInt(JITTER_SECONDS);
  }

  /**
   * The body. A problem without details is serialised only once, because it is what most users of a
   * rush get.
   */
  public String json() {
    boolean plain = detail == null && errors.isEmpty() && moment == null;
    return plain ? PLAIN.computeIfAbsent(code, any -> write()) : write();
  }

  private String write() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", code.title());
    body.put("status", code.status());
    body.put("code", code.name());
    if (detail != null) {
      body.put("detail", detail);
    }
    if (!errors.isEmpty()) {
      body.put("errors", errors);
    }
    if (moment != null) {
      body.put(moment.field(), moment.at().toString());
    }
    return JSON.writeValueAsString(body);
  }
}
