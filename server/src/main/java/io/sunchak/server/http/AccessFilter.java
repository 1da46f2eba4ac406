package io.sunchak.server.http;

import io.sunchak.server.limits.Refusal;
import io.sunchak.server.limits.RequestLimits;
import io.sunchak.server.security.Access;
import io.sunchak.server.security.Caller;
import io.sunchak.server.security.TokenResult;
import io.sunchak.server.security.TokenVerifier;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Runs before every handler: security headers, CORS, and access control.
 *
 * <p>Spring Security is not on the class path: its filters do not see the issue call, which
 * verifies by the same {@link TokenVerifier}.
 */
public final class AccessFilter implements WebFilter, Ordered {
  /** The Swagger page sets inline styles. */
  private static final String DOCS_POLICY =
      SecurityHeaders.POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

  private static final List<HttpMethod> READS = List.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String ALLOW_READS = "GET, HEAD";

  private final TokenVerifier tokens;
  private final Cors cors;
  private final Routes calls;
  private final RequestLimits limits;

  public AccessFilter(TokenVerifier tokens, Cors cors, Routes calls, RequestLimits limits) {
    this.tokens = tokens;
    this.cors = cors;
    this.calls = calls;
    this.limits = limits;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    HttpHeaders headers = exchange.getResponse().getHeaders();
    SecurityHeaders.ALL.forEach(headers::set);
    if (exchange.getRequest().getPath().value().startsWith("/swagger-ui/")) {
      headers.set("Content-Security-Policy", DOCS_POLICY);
    }
    headers.setCacheControl("no-store");
    ServerHttpRequest request = exchange.getRequest();
    Refusal crowd = limits.ofAddress(request.getRemoteAddress(), request.getHeaders()::getOrEmpty);
    if (crowd != null) {
      return ProblemErrors.write(exchange, Problem.limited(crowd));
    }
    if (cors.isPreflight(exchange.getRequest())) {
      cors.answerPreflight(headers);
      exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
      return exchange.getResponse().setComplete();
    }
    if (Access.isPublic(exchange.getRequest())) {
      return pass(exchange, chain);
    }
    if (isWrongMethodOfOpenPath(request)) {
      return Access.isOfFramework(request.getPath())
          ? refuseMethod(exchange)
          : chain.filter(exchange);
    }
    List<String> authorization =
        exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
    return decide(exchange, chain, tokens.verify(authorization));
  }

  /** It is told without a token, as the right method is answered without one. */
  private boolean isWrongMethodOfOpenPath(ServerHttpRequest request) {
    return Access.isOpen(request.getPath()) && !calls.has(request.getMethod(), request.getPath());
  }

  /** The framework would answer OPTIONS itself, as no call of the API does. */
  private static Mono<Void> refuseMethod(ServerWebExchange exchange) {
    exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, ALLOW_READS);
    return ProblemErrors.write(exchange, Problem.of(Code.METHOD_NOT_ALLOWED));
  }

  private Mono<Void> decide(ServerWebExchange exchange, WebFilterChain chain, TokenResult result) {
    return switch (result) {
      case TokenResult.Accepted(Caller caller) -> admit(exchange, chain, caller);
      case TokenResult.Refused refused -> refuse(exchange, Challenge.problem(refused));
      case TokenResult.Undecided _ -> refuse(exchange, Problem.of(Code.KEYS_UNKNOWN));
      case TokenResult.Later later ->
          Mono.fromCompletionStage(later.result()).flatMap(known -> decide(exchange, chain, known));
    };
  }

  private Mono<Void> admit(ServerWebExchange exchange, WebFilterChain chain, Caller caller) {
    Refusal alone = limits.ofUser(caller);
    if (alone != null) {
      return ProblemErrors.write(exchange, Problem.limited(alone));
    }
    if (!Access.admits(exchange, caller)) {
      return ProblemErrors.write(exchange, Problem.of(Code.FORBIDDEN));
    }
    RequestPath path = exchange.getRequest().getPath();
    if (Access.isHidden(path)) {
      return ProblemErrors.write(exchange, Problem.of(Code.NOT_FOUND));
    }
    if (Access.isOfFramework(path) && !READS.contains(exchange.getRequest().getMethod())) {
      return refuseMethod(exchange);
    }
    return pass(exchange, chain);
  }

  /** The framework gets no Accept header: it would refuse some, and no call of the API does. */
  private static Mono<Void> pass(ServerWebExchange exchange, WebFilterChain chain) {
    if (!Access.isOfFramework(exchange.getRequest().getPath())) {
      return chain.filter(exchange);
    }
    Consumer<HttpHeaders> anything = headers -> headers.remove(HttpHeaders.ACCEPT);
    return chain.filter(exchange.mutate().request(each -> each.headers(anything)).build());
  }

  /** An unknown path is 404 with a token and without one. */
  private Mono<Void> refuse(ServerWebExchange exchange, Problem problem) {
    RequestPath path = exchange.getRequest().getPath();
    if (!calls.hasPath(path) && !Access.isOfFramework(path)) {
      return ProblemErrors.write(exchange, Problem.of(Code.NOT_FOUND));
    }
    if (problem.code() == Code.UNAUTHENTICATED) {
      exchange
          .getResponse()
          .getHeaders()
          .set(HttpHeaders.WWW_AUTHENTICATE, Challenge.header(problem));
    }
    return ProblemErrors.write(exchange, problem);
  }
}
