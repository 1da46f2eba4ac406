package io.sunchak.server.api;

import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * An issue's outcome as an HTTP answer: the one place that says which outcome is which status.
 *
 * @param problem null when the user holds a coupon
 */
record OutcomeAnswer(int status, String body, boolean replayed, @Nullable Problem problem) {

  static OutcomeAnswer of(IssueRequest request, IssueOutcome outcome, InstantSource clock) {
    return switch (outcome) {
      case IssueOutcome.Accepted yes ->
          held(202, request, yes.sequence(), "ACCEPTED", yes.acceptedAt());
      case IssueOutcome.AlreadyIssued yes -> held(200, request, yes.sequence(), "ACCEPTED", null);
      case IssueOutcome.NotOpen no ->
          refused(Problem.notOpen(no.opensAt(), secondsUntil(no.opensAt(), clock)));
      case IssueOutcome.Paused _ -> refused(Problem.of(Code.PAUSED));
      case IssueOutcome.SoldOut _ -> refused(Problem.of(Code.SOLD_OUT));
      case IssueOutcome.Closed _ -> refused(Problem.of(Code.CLOSED));
      case IssueOutcome.CampaignNotFound _ -> refused(Problem.of(Code.CAMPAIGN_NOT_FOUND));
      case IssueOutcome.Unavailable no ->
          refused(
              Problem.of(
                  switch (no.reason()) {
                    case OVERLOADED -> Code.OVERLOADED;
                    case REDIS_DOWN -> Code.REDIS_DOWN;
                    case REBUILDING -> Code.REBUILDING;
                    case BACKLOG_FULL -> Code.BACKLOG_FULL;
                  }));
      case IssueOutcome.Unknown _ -> refused(Problem.of(Code.OUTCOME_UNKNOWN));
    };
  }

  /** The same answer once the row is committed. */
  static OutcomeAnswer issued(IssueRequest request, IssueOutcome.Accepted accepted) {
    return held(201, request, accepted.sequence(), "ISSUED", accepted.acceptedAt());
  }

  private static OutcomeAnswer held(
      int status, IssueRequest request, long sequence, String state, @Nullable Instant acceptedAt) {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"campaignId\":\"").append(request.campaign().value()).append("\",\"userId\":\"");
    quote(json, request.user().value());
    json.append("\",\"sequence\":").append(sequence).append(",\"state\":\"").append(state);
    if (acceptedAt != null) {
      json.append("\",\"acceptedAt\":\"").append(acceptedAt);
    }
    String body = json.append("\"}").toString();
    return new OutcomeAnswer(status, body, status == 200, null);
  }

  /** A user id is printable ASCII: only these two need escaping. */
  private static void quote(StringBuilder json, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      json.append(c);
    }
  }

  private static OutcomeAnswer refused(Problem problem) {
    return new OutcomeAnswer(
        problem.code().status(),
        new String(problem.json(), StandardCharsets.UTF_8),
        false,
        problem);
  }

  private static int secondsUntil(Instant opensAt, InstantSource clock) {
    long seconds = Duration.between(clock.instant(), opensAt).toSeconds() + 1;
    return Math.clamp(seconds, 1, 86_400);
  }

  /** The outcome's name in metrics. */
  String outcome() {
    if (problem != null) {
      return problem.code().name();
    }
    return switch (status) {
      case 201 -> "ISSUED";
      case 202 -> "ACCEPTED";
      default -> "ALREADY";
    };
  }
}
