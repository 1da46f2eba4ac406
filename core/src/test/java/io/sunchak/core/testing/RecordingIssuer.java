package io.sunchak.core.testing;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.judge.Invocation;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what each caller asked and was told, by one monotonic clock. A try without an answer
 * is in the record from its first moment. Thread-safe.
 */
final class RecordingIssuer implements CouponIssuer {
  private final Supplier<CouponIssuer> issuer;
  private final Collection<Try> history;

  RecordingIssuer(Supplier<CouponIssuer> issuer, Collection<Try> history) {
    this.issuer = issuer;
    this.history = history;
  }

  /** One try; {@code told} ends when its answer is there. */
  record Try(IssueRequest request, long invoked, CompletableFuture<Told> told) {
    CampaignId campaign() {
      return request.campaign();
    }

    Invocation invocation() {
      Told answer = told.getNow(new Told(Long.MAX_VALUE, new Invocation.Unknown(), null));
      return new Invocation(request.user().value(), invoked, answer.completed(), answer.result());
    }
  }

  /**
   * What came back.
   *
   * @param defect what an issuer must never answer with
   */
  record Told(long completed, Invocation.Result result, @Nullable Throwable defect) {}

  @Override
  public CompletionStage<IssueOutcome> issue(IssueRequest request) {
    Try made = new Try(request, System.nanoTime(), new CompletableFuture<>());
    history.add(made);
    return issuer
        .get()
        .issue(request)
        .whenComplete((outcome, defect) -> {
          Invocation.Result result = defect == null ? result(outcome) : new Invocation.Unknown();
          made.told().complete(new Told(System.nanoTime(), result, defect));
        });
  }

  /** The judge's words are the API's codes. */
  private static Invocation.Result result(IssueOutcome outcome) {
    return switch (outcome) {
      case IssueOutcome.Held held -> new Invocation.Ok(held.sequence());
      case IssueOutcome.NotOpen _ -> new Invocation.Refused("NOT_OPEN");
      case IssueOutcome.Paused _ -> new Invocation.Refused("PAUSED");
      case IssueOutcome.SoldOut _ -> new Invocation.Refused("SOLD_OUT");
      case IssueOutcome.Closed _, IssueOutcome.Archived _ -> new Invocation.Refused("CLOSED");
      case IssueOutcome.NotEligible _ -> new Invocation.Refused("NOT_ELIGIBLE");
      case IssueOutcome.CampaignNotFound _ -> new Invocation.Refused("CAMPAIGN_NOT_FOUND");
      case IssueOutcome.Unavailable no -> new Invocation.Refused(no.reason().name());
      case IssueOutcome.Unknown _ -> new Invocation.Unknown();
    };
  }
}
