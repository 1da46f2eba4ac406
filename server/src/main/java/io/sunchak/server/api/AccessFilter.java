package io.sunchak.server.api;

import io.sunchak.server.security.Access;
import io.sunchak.server.security.TokenVerifier;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Before every handler: security headers, pages of other origins, and who may call. */
public final class AccessFilter implements WebFilter, Ordered {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** The page of the API's description sets styles by itself. */
  private static final String DOCS_POLICY =
      POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

  private final TokenVerifier tokens;
  private final Cors cors;

  public AccessFilter(TokenVerifier tokens, Cors cors) {
    this.tokens = tokens;
    this.cors = cors;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    HttpHeaders headers = exchange.getResponse().getHeaders();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    boolean docs = exchange.getRequest().getPath().value().startsWith("/swagger-ui/");
    headers.set("Content-Security-Policy", docs ? DOCS_POLICY : POLICY);
    headers.setCacheControl("no-store");
    if (cors.isPreflight(exchange.getRequest())) {
      cors.answerPreflight(headers);
      exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
      return exchange.getResponse().setComplete();
    }
    String authorization = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    return switch (Access.decide(exchange, tokens.verify(authorization))) {
      case ALLOWED -> chain.filter(exchange);
      case UNAUTHENTICATED -> {
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        yield ProblemErrors.write(exchange, Problem.of(Code.UNAUTHENTICATED));
      }
      case FORBIDDEN -> ProblemErrors.write(exchange, Problem.of(Code.FORBIDDEN));
      case ABSENT -> ProblemErrors.write(exchange, Problem.of(Code.NOT_FOUND));
    };
  }
}
