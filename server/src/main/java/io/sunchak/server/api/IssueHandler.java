package io.sunchak.server.api;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.server.operations.IssueMetrics;
import io.sunchak.server.security.Caller;
import io.sunchak.server.security.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * {@code POST /api/v1/campaigns/{id}/issues}: the one hot call. It runs as a route of the Netty
 * server that WebFlux runs on, beside WebFlux, because dispatch would cost more than deciding;
 * tokens, outcomes and problems are the same as everywhere.
 */
public final class IssueHandler implements NettyRouteProvider {
  private static final String PREFIX = "/api/v1/campaigns/";
  private static final String SUFFIX = "/issues";

  private final CouponIssuer issuer;
  private final TokenVerifier tokens;
  private final CommitWatch commits;
  private final IssueMetrics metrics;
  private final InstantSource clock;

  public IssueHandler(
      CouponIssuer issuer,
      TokenVerifier tokens,
      CommitWatch commits,
      IssueMetrics metrics,
      InstantSource clock) {
    this.issuer = issuer;
    this.tokens = tokens;
    this.commits = commits;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public HttpServerRoutes apply(HttpServerRoutes routes) {
    return routes.route(
        request -> request.method().equals(HttpMethod.POST) && isIssues(path(request.uri())),
        this::handle);
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private static boolean isIssues(String path) {
    return path.startsWith(PREFIX)
        && path.endsWith(SUFFIX)
        && path.length() > PREFIX.length() + SUFFIX.length()
        && path.indexOf('/', PREFIX.length()) == path.length() - SUFFIX.length();
  }

  private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
    long started = System.nanoTime();
    HttpHeaders headers = request.requestHeaders();
    Optional<Caller> caller = tokens.verify(headers.get(HttpHeaderNames.AUTHORIZATION));
    if (caller.isEmpty()) {
      return refuse(response, Problem.of(Code.UNAUTHENTICATED));
    }
    if (hasBody(headers)) {
      return refuse(response, Problem.of(Code.MALFORMED, "this call takes no body"));
    }
    String path = path(request.uri());
    String id = path.substring(PREFIX.length(), path.length() - SUFFIX.length());
    if (!CampaignId.isValid(id)) {
      return refuse(response, Problem.of(Code.CAMPAIGN_NOT_FOUND));
    }
    IssueRequest issue = new IssueRequest(new CampaignId(id), caller.get().user());
    return Mono.fromCompletionStage(issuer.issue(issue))
        .flatMap(outcome -> answer(issue, outcome))
        .flatMap(answer -> send(response, issue, answer, started));
  }

  private Mono<OutcomeAnswer> answer(IssueRequest issue, IssueOutcome outcome) {
    OutcomeAnswer answer = OutcomeAnswer.of(issue, outcome, clock);
    if (outcome instanceof IssueOutcome.Accepted accepted && commits.isWaitedFor()) {
      return commits
          .committed(issue, accepted.sequence())
          .map(committed -> committed ? OutcomeAnswer.issued(issue, accepted) : answer);
    }
    return Mono.just(answer);
  }

  private Mono<Void> send(
      HttpServerResponse response, IssueRequest issue, OutcomeAnswer answer, long started) {
    metrics.record(answer.outcome(), System.nanoTime() - started);
    Problem problem = answer.problem();
    if (problem != null) {
      return write(response, problem, answer.body().getBytes(StandardCharsets.UTF_8));
    }
    response
        .status(answer.status())
        .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .header(HttpHeaderNames.LOCATION, PREFIX + issue.campaign() + SUFFIX + "/me");
    if (answer.replayed()) {
      response.header("Idempotent-Replayed", "true");
    }
    return write(response, answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean hasBody(HttpHeaders headers) {
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return (length != null && !length.equals("0"))
        || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  private static Mono<Void> refuse(HttpServerResponse response, Problem problem) {
    return write(response, problem, problem.json());
  }

  private static Mono<Void> write(HttpServerResponse response, Problem problem, byte[] body) {
    response
        .status(problem.code().status())
        .header(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    if (problem.retryAfter() != null) {
      response.header(HttpHeaderNames.RETRY_AFTER, problem.retryAfter().toString());
    }
    if (problem.code() == Code.UNAUTHENTICATED) {
      response.header(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    return write(response, body);
  }

  private static Mono<Void> write(HttpServerResponse response, byte[] body) {
    return response
        .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
        .sendObject(Unpooled.wrappedBuffer(body))
        .then();
  }
}
