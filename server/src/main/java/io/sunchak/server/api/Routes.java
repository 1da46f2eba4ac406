package io.sunchak.server.api;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** The API's table of calls: what is not in it is 404, what is in it under another method 405. */
public final class Routes {
  private static final String PUBLIC = "/api/v1/campaigns";
  private static final String ADMIN = "/api/v1/admin/campaigns";
  private static final String FAILURES = "/api/v1/admin/failures";

  private final List<Route> table;

  /** One call. */
  public record Route(
      HttpMethod method,
      String path,
      PathPattern pattern,
      HandlerFunction<ServerResponse> handler) {
    static Route of(HttpMethod method, String path, HandlerFunction<ServerResponse> handler) {
      return new Route(method, path, PathPatternParser.defaultInstance.parse(path), handler);
    }

    /** What can be read can be asked about: HEAD is GET without the body. */
    HttpMethod[] methods() {
      return method.equals(HttpMethod.GET)
          ? new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD}
          : new HttpMethod[] {method};
    }
  }

  public Routes(
      PublicHandler views,
      AdminHandler admin,
      LedgerHandler ledger,
      FailureHandler failures,
      DocsHandler docs) {
    table =
        List.of(
            Route.of(HttpMethod.GET, PUBLIC, views::list),
            Route.of(HttpMethod.GET, PUBLIC + "/{id}", views::read),
            Route.of(HttpMethod.GET, PUBLIC + "/{id}/issues/me", views::mine),
            Route.of(HttpMethod.POST, PUBLIC + "/{id}/issues", Routes::hot),
            Route.of(HttpMethod.POST, ADMIN, admin::create),
            Route.of(HttpMethod.GET, ADMIN, admin::list),
            Route.of(HttpMethod.GET, ADMIN + "/{id}", admin::read),
            Route.of(HttpMethod.PATCH, ADMIN + "/{id}", admin::patch),
            Route.of(HttpMethod.POST, ADMIN + "/{id}/pause", admin::pause),
            Route.of(HttpMethod.POST, ADMIN + "/{id}/resume", admin::resume),
            Route.of(HttpMethod.POST, ADMIN + "/{id}/close", admin::close),
            Route.of(HttpMethod.GET, ADMIN + "/{id}/issues", ledger::page),
            Route.of(HttpMethod.GET, ADMIN + "/{id}/issues.csv", ledger::csv),
            Route.of(HttpMethod.GET, FAILURES, failures::page),
            Route.of(HttpMethod.GET, FAILURES + ".csv", failures::csv),
            Route.of(HttpMethod.POST, FAILURES + "/replay", failures::replayAll),
            Route.of(HttpMethod.POST, FAILURES + "/{id}/replay", failures::replay),
            Route.of(HttpMethod.POST, FAILURES + "/{id}/discard", failures::discard),
            Route.of(HttpMethod.GET, "/v3/api-docs", docs::openApi),
            Route.of(HttpMethod.GET, "/swagger-ui.html", docs::page),
            Route.of(HttpMethod.GET, "/swagger-ui/{file}", docs::file),
            Route.of(HttpMethod.GET, "/", docs::front));
  }

  /** Every call, for comparing with the OpenAPI file. */
  public List<Route> table() {
    return table;
  }

  /** The table as WebFlux takes it. */
  public RouterFunction<ServerResponse> function() {
    RouterFunctions.Builder builder = RouterFunctions.route();
    for (Route route : table) {
      builder.route(
          RequestPredicates.methods(route.methods()).and(RequestPredicates.path(route.path())),
          route.handler());
    }
    return builder.route(this::isKnownPath, this::wrongMethod).build();
  }

  /** The hot call never comes here, whatever its path variable: {@link IssueChannel} took it. */
  private static Mono<ServerResponse> hot(ServerRequest request) {
    return Answers.problem(Problem.of(Code.CAMPAIGN_NOT_FOUND));
  }

  private boolean isKnownPath(ServerRequest request) {
    return table.stream().anyMatch(route -> matches(route, request));
  }

  private Mono<ServerResponse> wrongMethod(ServerRequest request) {
    String allow =
        table.stream()
            .filter(route -> matches(route, request))
            .flatMap(route -> Stream.of(route.methods()))
            .map(HttpMethod::name)
            .distinct()
            .collect(Collectors.joining(", "));
    return Answers.problem(Problem.of(Code.METHOD_NOT_ALLOWED), allow);
  }

  private static boolean matches(Route route, ServerRequest request) {
    PathContainer path = request.requestPath().pathWithinApplication();
    return route.pattern().matches(path);
  }
}
