package io.sunchak.load;

import io.sunchak.judge.Invocation;
import io.sunchak.load.generator.AnswerCodec;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What came back.
 *
 * @param status 0 when nothing came: reset, time-out, no connection
 * @param body at most 4 MB
 * @param retryAfter the header of that name; null when there is none
 * @param sentNanos when the call was begun, {@link System#nanoTime}
 * @param readNanos when the answer was whole
 */
public record Answer(
    int status, String body, @Nullable String retryAfter, long sentNanos, long readNanos) {
  private static final String SOLD_OUT = "SOLD_OUT";

  static Answer of(HttpResponse<String> response, long sentNanos) {
    String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
    return new Answer(
        response.statusCode(), response.body(), retryAfter, sentNanos, System.nanoTime());
  }

  static Answer missing(long sentNanos) {
    return new Answer(0, "", null, sentNanos, System.nanoTime());
  }

  public boolean isMissing() {
    return status == 0;
  }

  /** What it promises to whoever tried to get a coupon. */
  public Invocation.Result result() {
    return AnswerCodec.result(status, body);
  }

  /** Whether a user who pressed knows: a coupon, or that every coupon is given. */
  public boolean isFinal() {
    return switch (result()) {
      case Invocation.Ok _ -> true;
      case Invocation.Refused no -> no.code().equals(SOLD_OUT);
      case Invocation.Unknown _ -> false;
    };
  }

  /**
   * I9: whether an open campaign may answer a user so, where a missing answer may happen. Who is
   * told to come again must be told why, and when.
   */
  public boolean isAllowed() {
    return switch (status) {
      case 0 -> true;
      case 200, 201, 202 -> result() instanceof Invocation.Ok;
      case 409 -> result().equals(new Invocation.Refused(SOLD_OUT));
      case 429, 503 -> retryAfter != null && body.contains("\"code\":\"");
      default -> false;
    };
  }

  /** When the judge may take the try for ended: never, where its answer is missing. */
  public long completedNanos() {
    return isMissing() ? Long.MAX_VALUE : readNanos;
  }
}
