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

  /** All that the demo's guests may do, each with its own campaigns. */
  private static final PathPattern ISSUES =
      PathPatternParser.defaultInstance.parse("/api/v1/campaigns/{id}/issues/**");

  private Access() {}

  /** Whether nobody need say who they are. */
  public static boolean isPublic(ServerHttpRequest request) {
    HttpMethod method = request.getMethod();
    PathContainer path = request.getPath().pathWithinApplication();
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    boolean acts = method.equals(HttpMethod.POST) && matches(PUBLIC_ACTS, path);
    return acts || (reads && matches(PUBLIC, path));
  }

  /** Whether this caller may do it; keeps the caller for the handler. */
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

  /** Whether the framework would answer at this path, and is not to. */
  public static boolean isHidden(RequestPath path) {
    return matches(BELOW_ACTUATOR, path.pathWithinApplication()) && !isOfFramework(path);
  }

  /** Whom the request's token named; only where {@link #admits} let it through. */
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
