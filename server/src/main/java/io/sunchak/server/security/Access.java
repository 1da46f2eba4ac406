package io.sunchak.server.security;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The access rules: a call is denied unless a rule here allows it. Paths are matched as in routing,
 * decoded and without parameters, so {@code /api/v1/%61dmin} is an admin path too.
 */
public final class Access {
  private static final String CALLER = Access.class.getName();

  /** Public reads. */
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

  /** Public calls of the demo; only there guests get tokens. */
  private static final List<PathPattern> PUBLIC_ACTS = patterns("/api/v1/demo/user");

  /** Calls of admins. All remaining calls are open to every user. */
  private static final List<PathPattern> ADMIN = patterns("/api/v1/admin/**", "/actuator/**");

  /** The only paths below {@code /actuator} that exist for callers. */
  private static final List<PathPattern> ACTUATOR =
      patterns(
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness",
          "/actuator/prometheus");

  private static final List<PathPattern> BELOW_ACTUATOR = patterns("/actuator/**");

  /** The calls of a guest, for the demo's campaigns only. */
  private static final PathPattern ISSUES =
      PathPatternParser.defaultInstance.parse("/api/v1/campaigns/{id}/issues/**");

  private Access() {}

  /** Whether the call needs no token. */
  public static boolean isPublic(ServerHttpRequest request) {
    HttpMethod method = request.getMethod();
    PathContainer path = request.getPath().pathWithinApplication();
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    boolean acts = method.equals(HttpMethod.POST) && matches(PUBLIC_ACTS, path);
    return acts || (reads && matches(PUBLIC, path));
  }

  /** Whether some call with this path needs no token, so that the path is no secret. */
  public static boolean isOpen(RequestPath path) {
    return matches(PUBLIC, path.pathWithinApplication())
        || matches(PUBLIC_ACTS, path.pathWithinApplication());
  }

  /** Whether this caller may make the call; stores the caller for the handler. */
  public static boolean admits(ServerWebExchange exchange, Caller caller) {
    PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
    if ((matches(ADMIN, path) && !caller.admin()) || !mayUse(caller, path)) {
      return false;
    }
    exchange.getAttributes().put(CALLER, caller);
    return true;
  }

  /** Whether the framework answers at this path. */
  public static boolean isOfFramework(RequestPath path) {
    return matches(ACTUATOR, path.pathWithinApplication());
  }

  /** Whether the framework would answer at this path although it must not. */
  public static boolean isHidden(RequestPath path) {
    return matches(BELOW_ACTUATOR, path.pathWithinApplication()) && !isOfFramework(path);
  }

  /** The caller of a request that {@link #admits} has let through. */
  public static Caller caller(ServerWebExchange exchange) {
    return exchange.getRequiredAttribute(CALLER);
  }

  private static boolean mayUse(Caller caller, PathContainer path) {
    PathPattern.PathMatchInfo found = caller.guest() ? ISSUES.matchAndExtract(path) : null;
    return !caller.guest()
        || (found != null && caller.mayUse(found.getUriVariables().getOrDefault("id", "")));
  }

  private static boolean matches(List<PathPattern> patterns, PathContainer path) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }

  private static List<PathPattern> patterns(String... paths) {
    return Stream.of(paths).map(PathPatternParser.defaultInstance::parse).toList();
  }
}
