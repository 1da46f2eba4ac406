package io.sunchak.server.http;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.RequestPath;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * The API's table of calls, collected from all {@link Calls}. A path that is not in it is 404;
 * another method of a path in it is 405.
 */
public final class Routes {
  private final List<Route> table;

  /** One call. */
  public record Route(
      HttpMethod method,
      String path,
      PathPattern pattern,
      HandlerFunction<ServerResponse> handler) {
    public static Route of(
        HttpMethod method, String path, HandlerFunction<ServerResponse> handler) {
      return new Route(method, path, PathPatternParser.defaultInstance.parse(path), handler);
    }

    /** Each GET also answers HEAD. */
    HttpMethod[] methods() {
      return method.equals(HttpMethod.GET)
          ? new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD}
          : new HttpMethod[] {method};
    }
  }

  public Routes(List<? extends Calls> parts) {
    table = parts.stream().flatMap(part -> part.routes().stream()).toList();
  }

  /** Every call, for comparing with the OpenAPI file. */
  public List<Route> table() {
    return table;
  }

  /** The table as a router function of WebFlux. */
  public RouterFunction<ServerResponse> function() {
    RouterFunctions.Builder builder = RouterFunctions.route();
    for (Route route : table) {
      builder.route(
          RequestPredicates.methods(route.methods()).and(RequestPredicates.path(route.path())),
          route.handler());
    }
    return builder.route(request -> hasPath(request.requestPath()), this::wrongMethod).build();
  }

  /** Whether there is a call with this path, with any method. */
  boolean hasPath(RequestPath path) {
    return table.stream().anyMatch(route -> matches(route, path));
  }

  /** Whether there is a call with this method and path. */
  boolean has(HttpMethod method, RequestPath path) {
    return table.stream()
        .anyMatch(route -> matches(route, path) && List.of(route.methods()).contains(method));
  }

  private Mono<ServerResponse> wrongMethod(ServerRequest request) {
    String allow =
        table.stream()
            .filter(route -> matches(route, request.requestPath()))
            .flatMap(route -> Stream.of(route.methods()))
            .map(HttpMethod::name)
            .distinct()
            .collect(Collectors.joining(", "));
    return Answers.problem(Problem.of(Code.METHOD_NOT_ALLOWED), allow);
  }

  private static boolean matches(Route route, RequestPath path) {
    return route.pattern().matches(path.pathWithinApplication());
  }
}
