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
    if (outcome instanceof IssueOutcome.Held held) {
      String word = held instanceof IssueOutcome.Accepted ? "ACCEPTED" : "ALREADY";
      return new IssueLine(number, user, word, held.sequence());
    }
    return without(number, user, Code.of(outcome));
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
