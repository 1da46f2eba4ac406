package io.sunchak.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/**
 * Answers all errors that no handler answered, including those of routing and the framework, as a
 * problem with a code.
 *
 * <p>Boot's own handler writes other fields: no code, and the request's path.
 */
public final class ProblemErrors implements WebExceptionHandler, Ordered {
  private final DefectLog defects = new DefectLog(System::nanoTime);

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
    if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
      // The client has closed the connection; this is no defect of the server.
      return Mono.empty();
    }
    if (exchange.getResponse().isCommitted()) {
      defects.tell(error);
      return Mono.error(error);
    }
    if (error instanceof ErrorResponse framework) {
      List<String> allow = framework.getHeaders().getOrEmpty(HttpHeaders.ALLOW);
      allow.forEach(methods -> exchange.getResponse().getHeaders().add(HttpHeaders.ALLOW, methods));
    }
    return write(exchange, problem(error));
  }

  private Problem problem(Throwable error) {
    if (error instanceof ProblemException known) {
      return known.problem();
    }
    if (error instanceof ErrorResponse framework) {
      return Problem.of(
          switch (framework.getStatusCode().value()) {
            case 404 -> Code.NOT_FOUND;
            case 405 -> Code.METHOD_NOT_ALLOWED;
            case 413 -> Code.TOO_LARGE;
            default ->
                framework.getStatusCode().is4xxClientError() ? Code.MALFORMED : Code.INTERNAL;
          });
    }
    defects.tell(error);
    return Problem.of(Code.INTERNAL);
  }

  static Mono<Void> write(ServerWebExchange exchange, Problem problem) {
    ServerHttpResponse response = exchange.getResponse();
    response.setStatusCode(HttpStatusCode.valueOf(problem.code().status()));
    response.getHeaders().setContentType(MediaType.parseMediaType(Problem.MEDIA_TYPE));
    if (problem.retryAfter() != null) {
      response.getHeaders().set(HttpHeaders.RETRY_AFTER, problem.retryAfter().toString());
    }
    problem.headers().forEach(response.getHeaders()::set);
    DataBuffer body =
        response.bufferFactory().wrap(problem.json().getBytes(StandardCharsets.UTF_8));
    return response.writeWith(Mono.just(body));
  }
}
