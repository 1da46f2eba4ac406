package io.sunchak.server.security;

import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/** Who may call what: denied unless a line here allows it. */
public final class Access {
  private static final String CALLER = Access.class.getName();

  /** What a request comes to before it is handled. */
  public enum Decision {
    ALLOWED,
    UNAUTHENTICATED,
    FORBIDDEN
  }

  private Access() {}

  /** Decides, and keeps the caller for the handler. */
  public static Decision decide(ServerWebExchange exchange, Optional<Caller> caller) {
    String path = exchange.getRequest().getPath().pathWithinApplication().value();
    if (isPublic(path, exchange.getRequest().getMethod())) {
      return Decision.ALLOWED;
    }
    if (caller.isEmpty()) {
      return Decision.UNAUTHENTICATED;
    }
    if (needsAdmin(path) && !caller.get().admin()) {
      return Decision.FORBIDDEN;
    }
    exchange.getAttributes().put(CALLER, caller.get());
    return Decision.ALLOWED;
  }

  /** Whom the request's token named; only where {@link #decide} let it through with one. */
  public static Caller caller(ServerWebExchange exchange) {
    return exchange.getRequiredAttribute(CALLER);
  }

  private static boolean isPublic(String path, HttpMethod method) {
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    return path.equals("/")
        || path.startsWith("/c/")
        || path.startsWith("/assets/")
        || path.equals("/favicon.ico")
        || path.equals("/actuator/health")
        || path.startsWith("/actuator/health/")
        || path.startsWith("/v3/api-docs")
        || path.startsWith("/swagger-ui")
        || (reads && isCampaignView(path));
  }

  private static boolean isCampaignView(String path) {
    String views = "/api/v1/campaigns";
    return path.equals(views)
        || (path.startsWith(views + "/") && path.indexOf('/', views.length() + 1) < 0);
  }

  private static boolean needsAdmin(String path) {
    return path.startsWith("/api/v1/admin") || path.startsWith("/actuator");
  }
}
