package io.sunchak.server.http.issue;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.server.campaigns.Discards;
import io.sunchak.server.http.Challenge;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.DefectLog;
import io.sunchak.server.http.Problem;
import io.sunchak.server.limits.Refusal;
import io.sunchak.server.limits.RequestLimits;
import io.sunchak.server.observe.IssueMetrics;
import io.sunchak.server.security.Caller;
import io.sunchak.server.security.TokenResult;
import io.sunchak.server.security.TokenVerifier;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/campaigns/{id}/issues}: the one hot call. {@link IssueChannel} brings it here
 * straight from the HTTP codec, past WebFlux, whose dispatch would cost more than deciding does.
 * Tokens, outcomes and problems are the same as everywhere. Thread-safe; never blocks.
 */
public final class IssueHandler {
  private final CouponIssuer issuer;
  private final TokenVerifier tokens;
  private final RequestLimits limits;
  private final CommitWatch commits;
  private final Discards discards;
  private final IssueMetrics metrics;
  private final InstantSource clock;
  private final DefectLog defects = new DefectLog(System::nanoTime);

  public IssueHandler(
      CouponIssuer issuer,
      TokenVerifier tokens,
      RequestLimits limits,
      CommitWatch commits,
      Discards discards,
      IssueMetrics metrics,
      InstantSource clock) {
    this.issuer = issuer;
    this.tokens = tokens;
    this.limits = limits;
    this.commits = commits;
    this.discards = discards;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Whether this is the call, well-formed or not: everything else is WebFlux's. */
  boolean takes(HttpRequest request) {
    return request.method().equals(HttpMethod.POST)
        && request.decoderResult().isSuccess()
        && IssuePath.campaign(request.uri()) != null;
  }

  /**
   * The answer; the stage never completes exceptionally.
   *
   * @param hasBody whether a byte came with it
   * @param peer who connected
   */
  CompletionStage<IssueAnswer> answer(
      HttpRequest request, boolean hasBody, @Nullable SocketAddress peer) {
    try {
      return decide(request, hasBody, peer).exceptionally(this::defect);
    } catch (RuntimeException unforeseen) {
      return CompletableFuture.completedFuture(defect(unforeseen));
    }
  }

  private CompletionStage<IssueAnswer> decide(
      HttpRequest request, boolean hasBody, @Nullable SocketAddress peer) {
    Refusal crowd = limits.ofAddress(peer, request.headers()::getAll);
    if (crowd != null) {
      return refuse(Problem.limited(crowd));
    }
    List<String> authorization = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
    return decide(request, hasBody, tokens.verify(authorization));
  }

  private CompletionStage<IssueAnswer> decide(
      HttpRequest request, boolean hasBody, TokenResult result) {
    return switch (result) {
      case TokenResult.Accepted(Caller caller) -> issue(request, hasBody, caller);
      case TokenResult.Refused refused -> refuse(Challenge.problem(refused));
      case TokenResult.Undecided _ -> refuse(Problem.of(Code.KEYS_UNKNOWN));
      case TokenResult.Later later ->
          later.result().thenCompose(known -> decide(request, hasBody, known));
    };
  }

  private CompletionStage<IssueAnswer> issue(HttpRequest request, boolean hasBody, Caller caller) {
    long started = System.nanoTime();
    Refusal alone = limits.ofUser(caller);
    if (alone != null) {
      return refuse(Problem.limited(alone));
    }
    if (hasBody) {
      return CompletableFuture.completedFuture(refuseBody());
    }
    String id = IssuePath.campaign(request.uri());
    if (id == null || !CampaignId.isValid(id)) {
      return refuse(Problem.of(Code.CAMPAIGN_NOT_FOUND));
    }
    IssueRequest issue = new IssueRequest(new CampaignId(id), caller.user());
    if (!caller.mayUse(issue.campaign())) {
      return refuse(Problem.of(Code.FORBIDDEN));
    }
    return issuer
        .issue(issue)
        .thenCompose(outcome -> answer(issue, outcome))
        .thenApply(answer -> {
          metrics.record(answer.outcome(), System.nanoTime() - started);
          return answer;
        });
  }

  /** What a body gets, whole or not. */
  IssueAnswer refuseBody() {
    return IssueAnswer.refused(Problem.of(Code.MALFORMED, "this call takes no body"));
  }

  /** What nobody foresaw may have happened after the issue did: only "unknown" is surely true. */
  private IssueAnswer defect(Throwable defect) {
    defects.tell(defect);
    return IssueAnswer.refused(Problem.of(Code.OUTCOME_UNKNOWN));
  }

  private CompletionStage<IssueAnswer> answer(IssueRequest issue, IssueOutcome outcome) {
    if (outcome instanceof IssueOutcome.AlreadyIssued held
        && discards.contains(issue.campaign(), held.sequence())) {
      return refuse(Problem.of(Code.DISCARDED));
    }
    IssueAnswer answer = IssueAnswer.of(issue, outcome, clock);
    if (outcome instanceof IssueOutcome.Accepted accepted && commits.isWaitedFor()) {
      return commits
          .committed(issue, accepted.sequence())
          .thenApply(committed -> committed ? IssueAnswer.issued(issue, accepted) : answer);
    }
    return CompletableFuture.completedFuture(answer);
  }

  private static CompletionStage<IssueAnswer> refuse(Problem problem) {
    return CompletableFuture.completedFuture(IssueAnswer.refused(problem));
  }
}
