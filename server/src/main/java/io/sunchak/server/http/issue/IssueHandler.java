package io.sunchak.server.http.issue;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.server.campaigns.Discards;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Challenge;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.DefectLog;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.direct.DirectAnswer;
import io.sunchak.server.http.direct.DirectCall;
import io.sunchak.server.http.direct.DirectRequest;
import io.sunchak.server.limits.Refusal;
import io.sunchak.server.limits.RequestLimits;
import io.sunchak.server.observe.IssueMetrics;
import io.sunchak.server.security.Caller;
import io.sunchak.server.security.TokenResult;
import io.sunchak.server.security.TokenVerifier;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * {@code POST /api/v1/campaigns/{id}/issues}: the hot call. It bypasses WebFlux, whose dispatch
 * would cost more than the decision. Tokens, outcomes and problems are the same as everywhere.
 * Thread-safe; never blocks.
 */
public final class IssueHandler implements DirectCall {
  private final CouponIssuer issuer;
  private final TokenVerifier tokens;
  private final RequestLimits limits;
  private final CommitWatch commits;
  private final CouponLedger coupons;
  private final Discards discards;
  private final IssueMetrics metrics;
  private final InstantSource clock;
  private final DefectLog defects = new DefectLog(System::nanoTime);

  public IssueHandler(
      CouponIssuer issuer,
      TokenVerifier tokens,
      RequestLimits limits,
      CommitWatch commits,
      CouponLedger coupons,
      Discards discards,
      IssueMetrics metrics,
      InstantSource clock) {
    this.issuer = issuer;
    this.tokens = tokens;
    this.limits = limits;
    this.commits = commits;
    this.coupons = coupons;
    this.discards = discards;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Whether this is an issue request, well-formed or not. */
  @Override
  public boolean takes(DirectRequest request) {
    return request.method().equals("POST") && IssuePath.campaign(request.target()) != null;
  }

  @Override
  public void answer(Exchange call) {
    long started = System.nanoTime();
    step(call, started, () -> begin(call, started));
  }

  /** Runs a step, which answers now or returns null when another step follows it. */
  private void step(Exchange call, long started, Supplier<@Nullable IssueAnswer> step) {
    IssueAnswer answer;
    try {
      answer = step.get();
    } catch (RuntimeException unforeseen) {
      answer = defect(unforeseen, started);
    }
    if (answer != null) {
      call.reply().accept(answer.http());
    }
  }

  /** Takes the next step on the call's loop as soon as {@code awaited} is complete. */
  private <T> @Nullable IssueAnswer then(
      Exchange call,
      long started,
      CompletionStage<T> awaited,
      Function<T, @Nullable IssueAnswer> next) {
    CompletableFuture<T> future = awaited.toCompletableFuture();
    if (future.isDone() && !future.isCompletedExceptionally()) {
      return next.apply(future.join());
    }
    var _ =
        future.whenComplete((value, error) ->
            call.loop()
                .execute(() ->
                    step(
                        call,
                        started,
                        () -> error == null ? next.apply(value) : defect(error, started))));
    return null;
  }

  private @Nullable IssueAnswer begin(Exchange call, long started) {
    Refusal crowd = limits.ofAddress(call.peer(), call.request()::headers);
    if (crowd != null) {
      return rejected(IssueAnswer.refused(Problem.limited(crowd)));
    }
    return verified(call, started, tokens.verify(call.request().headers("authorization")));
  }

  private @Nullable IssueAnswer verified(Exchange call, long started, TokenResult result) {
    return switch (result) {
      case TokenResult.Accepted(Caller caller) -> issue(call, started, caller);
      case TokenResult.Refused refused -> rejected(IssueAnswer.refused(Challenge.problem(refused)));
      case TokenResult.Undecided _ -> rejected(IssueAnswer.refused(Code.KEYS_UNKNOWN));
      case TokenResult.Later later ->
          then(call, started, later.result(), known -> verified(call, started, known));
    };
  }

  private @Nullable IssueAnswer issue(Exchange call, long started, Caller caller) {
    Refusal alone = limits.ofUser(caller);
    if (alone != null) {
      return rejected(IssueAnswer.refused(Problem.limited(alone)));
    }
    if (call.hasBody()) {
      return rejected(IssueAnswer.refused(withBody()));
    }
    String id = IssuePath.campaign(call.request().target());
    if (id == null || !CampaignId.isValid(id)) {
      return rejected(IssueAnswer.refused(Code.CAMPAIGN_NOT_FOUND));
    }
    IssueRequest issue = new IssueRequest(new CampaignId(id), caller.user(), caller.claims());
    if (!caller.mayUse(issue.campaign())) {
      return rejected(IssueAnswer.refused(Code.FORBIDDEN));
    }
    return then(
        call, started, issuer.issue(issue), outcome -> decided(call, issue, started, outcome));
  }

  private @Nullable IssueAnswer decided(
      Exchange call, IssueRequest issue, long started, IssueOutcome outcome) {
    if (outcome instanceof IssueOutcome.AlreadyIssued held) {
      return repeated(call, issue, started, held);
    }
    if (outcome instanceof IssueOutcome.Archived) {
      return then(
          call, started, fromLedger(() -> archived(issue)), answer -> recorded(answer, started));
    }
    if (outcome instanceof IssueOutcome.Accepted accepted && commits.isAwaited()) {
      return then(
          call,
          started,
          commits.committed(issue, accepted.sequence()),
          committed ->
              recorded(
                  committed
                      .map(row -> IssueAnswer.issued(issue, accepted, row.code().orElse(null)))
                      .orElseGet(() -> IssueAnswer.of(issue, accepted, clock)),
                  started));
    }
    return recorded(IssueAnswer.of(issue, outcome, clock), started);
  }

  private @Nullable IssueAnswer repeated(
      Exchange call, IssueRequest issue, long started, IssueOutcome.AlreadyIssued held) {
    return switch (discards.known(issue.campaign(), held.sequence())) {
      case DISCARDED -> recorded(IssueAnswer.refused(Code.DISCARDED), started);
      case NOT_DISCARDED -> recorded(IssueAnswer.of(issue, held, clock), started);
      case ONLY_TO_LEDGER ->
          then(call, started, asked(issue, held), answer -> recorded(answer, started));
    };
  }

  private CompletableFuture<IssueAnswer> asked(
      IssueRequest issue, IssueOutcome.AlreadyIssued held) {
    return fromLedger(() ->
        discards.isDiscarded(issue.campaign(), held.sequence())
            ? IssueAnswer.refused(Code.DISCARDED)
            : IssueAnswer.of(issue, held, clock));
  }

  /** Everything of an archived campaign is a row, or a failure that is settled. */
  private IssueAnswer archived(IssueRequest issue) {
    String user = issue.user().value();
    return coupons
        .find(issue.campaign(), user)
        .map(row -> IssueAnswer.of(issue, new IssueOutcome.AlreadyIssued(row.sequence()), clock))
        .or(() ->
            coupons
                .findFailure(issue.campaign(), user)
                .map(kept -> IssueAnswer.refused(Code.DISCARDED)))
        .orElseGet(() -> IssueAnswer.refused(Code.CLOSED));
  }

  /** Asks the ledger. If it does not answer, the user is told neither yes nor no. */
  private static CompletableFuture<IssueAnswer> fromLedger(Callable<IssueAnswer> question) {
    return Mono.fromCallable(question)
        .subscribeOn(Answers.BLOCKING)
        .onErrorResume(error ->
            Mono.justOrEmpty(Answers.expected(error))
                .map(IssueAnswer::refused)
                .switchIfEmpty(Mono.error(error)))
        .toFuture()
        .thenApply(Objects::requireNonNull);
  }

  /** Counts an answer for which the issuer was not asked. */
  private IssueAnswer rejected(IssueAnswer answer) {
    metrics.reject(answer.outcome());
    return answer;
  }

  private IssueAnswer recorded(IssueAnswer answer, long started) {
    metrics.record(answer.outcome(), System.nanoTime() - started);
    return answer;
  }

  @Override
  public DirectAnswer refuseBody() {
    return rejected(IssueAnswer.refused(withBody())).http();
  }

  private static Problem withBody() {
    return Problem.of(Code.MALFORMED, "this call takes no body");
  }

  /**
   * An unexpected exception may have been thrown after the issue was accepted, so the user is told
   * that the outcome is unknown; metrics tell it from an engine that answers late.
   */
  private IssueAnswer defect(Throwable defect, long started) {
    defects.tell(defect);
    metrics.record(Code.INTERNAL.name(), System.nanoTime() - started);
    return IssueAnswer.refused(Code.OUTCOME_UNKNOWN);
  }
}
