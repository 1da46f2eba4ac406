package io.sunchak.server.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * CORS (the Fetch standard, "CORS protocol"): the origins in {@code sunchak.cors.origins} may call,
 * by default none. Tokens are sent in a header, so credentials are not allowed. Immutable.
 *
 * <p>Spring's {@code CorsWebFilter} is not used for two reasons. The answers to issue calls and to
 * broken HTTP bypass WebFlux, so the filter would not add its headers to them. And it answers a
 * request of another origin with a 403 of its own, instead of the usual answer without the headers.
 */
public final class Cors {
  private static final String METHODS = "GET, POST, PATCH";
  private static final String REQUEST_HEADERS = "Authorization, Content-Type, If-Match";
  private static final String ANSWER_HEADERS =
      "ETag, Idempotent-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After";
  private static final String MAX_AGE_SECONDS = "600";

  private final Set<String> origins;

  public Cors(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /** Whether any origin is allowed. */
  public boolean isConfigured() {
    return !origins.isEmpty();
  }

  private boolean allows(@Nullable String origin) {
    return origin != null && origins.contains(origin);
  }

  /** Adds the CORS headers to an answer. {@code origin} is null if the request named none. */
  public void mark(io.netty.handler.codec.http.HttpHeaders answer, @Nullable String origin) {
    answer.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    if (allows(origin)) {
      answer
          .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
    }
  }

  /** Whether this is a preflight request of an allowed origin. */
  boolean isPreflight(ServerHttpRequest request) {
    HttpHeaders headers = request.getHeaders();
    return request.getMethod().equals(HttpMethod.OPTIONS)
        && headers.getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null
        && allows(headers.getOrigin());
  }

  /** The headers of the answer to a preflight request. */
  void answerPreflight(HttpHeaders answer) {
    answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
    answer.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
  }
}
