package io.sunchak.server.security;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may call what: denied unless a line here allows it. Paths are matched as routing matches
 * them, decoded and without parameters: {@code /api/v1/%61dmin} is the admin's too.
 */
public final class Access {
  private static final String CALLER = Access.class.getName();

  /** Anybody may read them. */
  private static final List<PathPattern> PUBLIC =
      patterns(
          "/",
          "/c/**",
          "/assets/**",
          "/favicon.ico",
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness",
          "/v3/api-docs",
          "/swagger-ui.html",
          "/swagger-ui/**",
          "/api/v1/campaigns",
          "/api/v1/campaigns/{id}",
          "/api/v1/demo");

  /** Anybody may do it, where it is there: only the demo gives its guests tokens. */
  private static final List<PathPattern> PUBLIC_ACTS = patterns("/api/v1/demo/user");

  /** Of the rest, an admin's alone; what is neither is any user's. */
  private static final List<PathPattern> ADMIN = patterns("/api/v1/admin/**", "/actuator/**");

  /** All that is there below {@code /actuator}; the framework's other paths are not. */
  private static final List<PathPattern> ACTUATOR =
      patterns(
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness",
          "/actuator/prometheus");

  private static final List<PathPattern> BELOW_ACTUATOR = patterns("/actuator/**");

  /** What a request comes to before it is handled. */
  public enum Decision {
    ALLOWED,
    UNAUTHENTICATED,
    FORBIDDEN,
    ABSENT
  }

  private Access() {}

  /** Decides, and keeps the caller for the handler. */
  public static Decision decide(ServerWebExchange exchange, Optional<Caller> caller) {
    HttpMethod method = exchange.getRequest().getMethod();
    PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    boolean acts = method.equals(HttpMethod.POST) && matches(PUBLIC_ACTS, path);
    if (acts || (reads && matches(PUBLIC, path))) {
      return Decision.ALLOWED;
    }
    if (caller.isEmpty()) {
      return Decision.UNAUTHENTICATED;
    }
    if (matches(ADMIN, path) && !caller.get().admin()) {
      return Decision.FORBIDDEN;
    }
    if (matches(BELOW_ACTUATOR, path) && !matches(ACTUATOR, path)) {
      return Decision.ABSENT;
    }
    exchange.getAttributes().put(CALLER, caller.get());
    return Decision.ALLOWED;
  }

  /** Whom the request's token named; only where {@link #decide} let it through with one. */
  public static Caller caller(ServerWebExchange exchange) {
    return exchange.getRequiredAttribute(CALLER);
  }

  private static boolean matches(List<PathPattern> patterns, PathContainer path) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }

  private static List<PathPattern> patterns(String... paths) {
    return Stream.of(paths).map(PathPatternParser.defaultInstance::parse).toList();
  }
}
