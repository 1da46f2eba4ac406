package io.sunchak.lab.web;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a request with an RFC 9457 problem. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final transient Map<String, Object> more;

  private Problem(Code code, Map<String, Object> more) {
    super(code.name(), null, false, false);
    this.code = code;
    this.more = more;
  }

  static Problem of(Code code) {
    return new Problem(code, Map.of());
  }

  static Problem of(Code code, @Nullable String detail) {
    return new Problem(code, detail == null ? Map.of() : Map.of("detail", detail));
  }

  static Problem invalid(String field, String rule) {
    return new Problem(
        Code.INVALID, Map.of("errors", List.of(Map.of("field", field, "rule", rule))));
  }

  static Problem notOpen(Instant opensAt) {
    return new Problem(Code.NOT_OPEN, Map.of("opensAt", opensAt.toString()));
  }

  Answer answer() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", code.title());
    body.put("status", code.status());
    body.put("code", code.name());
    body.putAll(more);
    Answer answer = Answer.json(code.status(), body).as("application/problem+json");
    return code.status() == 503 ? answer.with("Retry-After", "1") : answer;
  }
}
