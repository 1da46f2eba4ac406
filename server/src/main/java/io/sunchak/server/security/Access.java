package io.sunchak.server.security;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private static final Set<Role> STAFF = Set.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN);

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

  /** Calls of every user. */
  private static final Map<PathPattern, Set<HttpMethod>> USERS =
      Map.of(
          parsed("/api/v1/campaigns/{id}/issues"), Set.of(HttpMethod.POST),
          parsed("/api/v1/campaigns/{id}/issues/me"), Set.of(HttpMethod.GET));

  /** Reads of administrators, which every staff member may make. */
  private static final List<PathPattern> VIEWED =
      patterns(
          "/actuator/prometheus",
          "/api/v1/admin/audit",
          "/api/v1/admin/campaigns",
          "/api/v1/admin/campaigns/{id}",
          "/api/v1/admin/campaigns/{id}/issues",
          "/api/v1/admin/campaigns/{id}/issues.csv",
          "/api/v1/admin/campaigns/{id}/repairs",
          "/api/v1/admin/campaigns/{id}/users/{userId}",
          "/api/v1/admin/drops/latest",
          "/api/v1/admin/failures",
          "/api/v1/admin/failures.csv",
          "/api/v1/admin/reconciliations/{runId}",
          "/api/v1/admin/repairs",
          "/api/v1/admin/stream");

  /** Reads as those, with what they look for in a body, because addresses are written to logs. */
  private static final List<PathPattern> ASKED = patterns("/api/v1/admin/codes/look-up");

  /** Acts of operators: none of them is final. */
  private static final List<PathPattern> OPERATED =
      patterns(
          "/api/v1/admin/campaigns",
          "/api/v1/admin/campaigns/{id}",
          "/api/v1/admin/campaigns/{id}/pause",
          "/api/v1/admin/campaigns/{id}/resume",
          "/api/v1/admin/campaigns/{id}/drain/resume",
          "/api/v1/admin/failures/replay",
          "/api/v1/admin/failures/{id}/replay",
          "/api/v1/admin/reconciliations");

  /** Acts of administrators alone: what is final, and what loads the machine. */
  private static final List<PathPattern> ADMINISTERED =
      patterns(
          "/api/v1/admin/campaigns/{id}/archive",
          "/api/v1/admin/campaigns/{id}/close",
          "/api/v1/admin/campaigns/{id}/coupons/{sequence}/revoke",
          "/api/v1/admin/campaigns/{id}/issues",
          "/api/v1/admin/drops",
          "/api/v1/admin/failures/{id}/discard",
          "/api/v1/admin/users/{userId}/erase");

  /** Acts of the shop's order service. */
  private static final List<PathPattern> REDEEMED =
      patterns("/api/v1/redemptions", "/api/v1/redemptions/{id}/cancel");

  /** What has no rule above is nobody's but the administrators' here. */
  private static final List<PathPattern> GUARDED =
      patterns("/api/v1/admin/**", "/api/v1/redemptions/**", "/actuator/**");

  /** The only paths below {@code /actuator} that exist for callers. */
  private static final List<PathPattern> ACTUATOR =
      patterns(
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness",
          "/actuator/prometheus");

  private static final List<PathPattern> BELOW_ACTUATOR = patterns("/actuator/**");

  /** The calls of a guest, for the demo's campaigns only. */
  private static final PathPattern ISSUES = parsed("/api/v1/campaigns/{id}/issues/**");

  private Access() {}

  /** Whether the call needs no token. */
  public static boolean isPublic(ServerHttpRequest request) {
    return isPublic(request.getMethod(), request.getPath().pathWithinApplication());
  }

  private static boolean isPublic(HttpMethod method, PathContainer path) {
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
    if (!isAllowed(exchange.getRequest().getMethod(), path, caller) || !mayUse(caller, path)) {
      return false;
    }
    exchange.getAttributes().put(CALLER, caller);
    return true;
  }

  private static boolean isAllowed(HttpMethod method, PathContainer path, Caller caller) {
    return rule(method, path)
        .map(roles -> roles.isEmpty() || !Collections.disjoint(roles, caller.roles()))
        .orElseGet(() -> caller.roles().contains(Role.ADMIN) || !matches(GUARDED, path));
  }

  /**
   * The roles of which a caller needs one, none for every user; empty if no rule knows the call. A
   * HEAD is a GET.
   */
  static Optional<Set<Role>> rule(HttpMethod method, PathContainer path) {
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    boolean users =
        USERS.entrySet().stream()
            .anyMatch(rule ->
                rule.getKey().matches(path)
                    && rule.getValue().contains(reads ? HttpMethod.GET : method));
    if (users || isPublic(method, path)) {
      return Optional.of(Set.of());
    }
    if (reads) {
      return matches(VIEWED, path) ? Optional.of(STAFF) : Optional.empty();
    }
    boolean acts = method.equals(HttpMethod.POST) || method.equals(HttpMethod.PATCH);
    if (acts && matches(ASKED, path)) {
      return Optional.of(STAFF);
    }
    if (acts && matches(OPERATED, path)) {
      return Optional.of(Set.of(Role.OPERATOR, Role.ADMIN));
    }
    if (acts && matches(REDEEMED, path)) {
      return Optional.of(Set.of(Role.REDEEMER, Role.ADMIN));
    }
    return acts && matches(ADMINISTERED, path) ? Optional.of(Set.of(Role.ADMIN)) : Optional.empty();
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
    return Stream.of(paths).map(Access::parsed).toList();
  }

  private static PathPattern parsed(String path) {
    return PathPatternParser.defaultInstance.parse(path);
  }
}
