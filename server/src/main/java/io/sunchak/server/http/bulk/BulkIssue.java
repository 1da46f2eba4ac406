package io.sunchak.server.http.bulk;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.server.campaigns.Discards;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Issues a campaign's coupons to users whom an administrator names: as if each of them had sent a
 * request, but with every eligibility met. Stock, window and pause hold as for everybody.
 * Thread-safe.
 */
public final class BulkIssue {
  /** So many users' requests are under way: enough for large groups, few beside those of a rush. */
  private static final int AT_ONCE = 256;

  private final CouponIssuer issuer;
  private final Discards discards;

  public BulkIssue(CouponIssuer issuer, Discards discards) {
    this.issuer = issuer;
    this.discards = discards;
  }

  /** Asks for each user in turn; the lines come in the order of the users. */
  Flux<IssueLine> issue(CampaignId campaign, List<UserId> users) {
    return Flux.range(0, users.size())
        .flatMapSequential(i -> line(campaign, i + 1, users.get(i)), AT_ONCE, 1);
  }

  private Mono<IssueLine> line(CampaignId campaign, int number, UserId user) {
    IssueRequest request = new IssueRequest(campaign, user, any -> true);
    return Mono.fromCompletionStage(() -> issuer.issue(request))
        .flatMap(outcome ->
            outcome instanceof AlreadyIssued held
                ? already(campaign, number, user, held)
                : Mono.just(IssueLine.of(number, user, outcome)));
  }

  /** A number that an operator has discarded is no coupon, although Redis still has its holder. */
  private Mono<IssueLine> already(
      CampaignId campaign, int number, UserId user, AlreadyIssued held) {
    IssueLine discarded = IssueLine.without(number, user, Code.DISCARDED);
    IssueLine kept = IssueLine.of(number, user, held);
    return switch (discards.known(campaign, held.sequence())) {
      case DISCARDED -> Mono.just(discarded);
      case NOT_DISCARDED -> Mono.just(kept);
      case ONLY_TO_LEDGER ->
          Mono.fromCallable(
                  () -> discards.isDiscarded(campaign, held.sequence()) ? discarded : kept)
              .subscribeOn(Answers.BLOCKING)
              .onErrorResume(error ->
                  Mono.justOrEmpty(Answers.expected(error))
                      .map(Problem::code)
                      .map(code -> IssueLine.without(number, user, code))
                      .switchIfEmpty(Mono.error(error)));
    };
  }
}
