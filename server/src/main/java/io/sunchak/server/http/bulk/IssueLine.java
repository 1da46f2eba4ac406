package io.sunchak.server.http.bulk;

import io.sunchak.core.IssueOutcome;
import io.sunchak.core.UserId;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.JsonLines;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line.
 *
 * @param number counted from 1
 * @param outcome {@code ACCEPTED}, {@code ALREADY}, or the code by which an issue is refused
 * @param sequence of the coupon that the user holds; null if there is none
 */
record IssueLine(int number, UserId user, String outcome, @Nullable Long sequence) {

  static IssueLine of(int number, UserId user, IssueOutcome outcome) {
    return switch (outcome) {
      case IssueOutcome.Accepted yes -> new IssueLine(number, user, "ACCEPTED", yes.sequence());
      case IssueOutcome.AlreadyIssued yes -> new IssueLine(number, user, "ALREADY", yes.sequence());
      case IssueOutcome.NotOpen _ -> without(number, user, Code.NOT_OPEN);
      case IssueOutcome.Paused _ -> without(number, user, Code.PAUSED);
      case IssueOutcome.SoldOut _ -> without(number, user, Code.SOLD_OUT);
      case IssueOutcome.Closed _ -> without(number, user, Code.CLOSED);
      case IssueOutcome.Archived _ -> without(number, user, Code.ARCHIVED);
      case IssueOutcome.NotEligible _ -> without(number, user, Code.NOT_ELIGIBLE);
      case IssueOutcome.CampaignNotFound _ -> without(number, user, Code.CAMPAIGN_NOT_FOUND);
      case IssueOutcome.Unavailable no ->
          without(
              number,
              user,
              switch (no.reason()) {
                case OVERLOADED -> Code.OVERLOADED;
                case REDIS_DOWN -> Code.REDIS_DOWN;
                case REBUILDING -> Code.REBUILDING;
                case BACKLOG_FULL -> Code.BACKLOG_FULL;
              });
      case IssueOutcome.Unknown _ -> without(number, user, Code.OUTCOME_UNKNOWN);
    };
  }

  /** The user holds no coupon, or it is not known. */
  static IssueLine without(int number, UserId user, Code code) {
    return new IssueLine(number, user, code.name(), null);
  }

  String json() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("line", number);
    view.put("userId", user.value());
    view.put("outcome", outcome);
    if (sequence != null) {
      view.put("sequence", sequence);
    }
    return JsonLines.line(view);
  }
}
