package io.sunchak.lab.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.node.LabNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A user's calls: issue, and read one's own coupon. */
record IssueCalls(LabNode node) {
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record View(
      String campaignId,
      String userId,
      long sequence,
      String state,
      @Nullable Instant acceptedAt,
      @Nullable Instant issuedAt) {}

  CompletionStage<Answer> issue(Call call) {
    call.refuseBody();
    IssueRequest request = new IssueRequest(call.campaign(), call.caller());
    return node.issuer().issue(request).thenApply(outcome -> answer(request, outcome));
  }

  private static Answer answer(IssueRequest request, IssueOutcome outcome) {
    return switch (outcome) {
      case IssueOutcome.Accepted yes -> held(202, request, yes.sequence(), yes.acceptedAt());
      case IssueOutcome.AlreadyIssued yes ->
          held(200, request, yes.sequence(), null).with("Idempotent-Replayed", "true");
      case IssueOutcome.NotOpen no -> notOpen(no.opensAt());
      case IssueOutcome.Paused _ -> Problem.of(Code.PAUSED).answer();
      case IssueOutcome.SoldOut _ -> Problem.of(Code.SOLD_OUT).answer();
      case IssueOutcome.Closed _, IssueOutcome.Archived _ -> Problem.of(Code.CLOSED).answer();
      case IssueOutcome.NotEligible _ ->
          throw new IllegalStateException("campaigns of the lab are for every user");
      case IssueOutcome.CampaignNotFound _ -> Problem.of(Code.CAMPAIGN_NOT_FOUND).answer();
      case IssueOutcome.Unavailable no -> Problem.of(Code.valueOf(no.reason().name())).answer();
      case IssueOutcome.Unknown _ -> Problem.of(Code.OUTCOME_UNKNOWN).answer();
    };
  }

  private static Answer held(
      int status, IssueRequest request, long sequence, @Nullable Instant acceptedAt) {
    String user = request.user().value();
    return Answer.json(status, accepted(request.campaign(), user, sequence, acceptedAt))
        .with("Location", "/api/v1/campaigns/" + request.campaign() + "/issues/me");
  }

  private static Answer notOpen(Instant opensAt) {
    long seconds = Math.clamp(Duration.between(Instant.now(), opensAt).toSeconds() + 1, 1, 86_400);
    return Problem.notOpen(opensAt).answer().with("Retry-After", Long.toString(seconds));
  }

  private static View accepted(
      CampaignId campaign, String user, long sequence, @Nullable Instant acceptedAt) {
    return new View(campaign.value(), user, sequence, "ACCEPTED", acceptedAt, null);
  }

  /** From the ledger, else from Redis, which has it from the acceptance on. */
  CompletionStage<Answer> mine(Call call) {
    CampaignId campaign = call.campaign();
    String user = call.caller().value();
    return node.ledger()
        .find(campaign, user)
        .thenCombine(
            Stages.of(node.holders().find(campaign, user)),
            (row, held) -> mine(campaign, user, row, held));
  }

  private static Answer mine(
      CampaignId campaign, String user, Optional<Coupon> row, Optional<Long> held) {
    View view =
        row.map(it ->
                new View(
                    campaign.value(),
                    user,
                    it.sequence(),
                    "ISSUED",
                    it.acceptedAt(),
                    it.issuedAt()))
            .or(() -> held.map(sequence -> accepted(campaign, user, sequence, null)))
            .orElseThrow(() -> Problem.of(Code.NOT_ISSUED));
    return Answer.json(200, view);
  }
}
