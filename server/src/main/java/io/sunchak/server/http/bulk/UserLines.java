package io.sunchak.server.http.bulk;

import io.sunchak.core.UserId;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.JsonLines;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Problem.FieldError;
import io.sunchak.server.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The users of a body, one a line. All lines are read before anything is done for one of them. */
final class UserLines {
  static final int MOST = 10_000;

  /** So many users' ids with their quotes and line breaks, a third of the characters escaped. */
  static final int MOST_BYTES = 2_000_000;

  static final String RULE = "at most 10,000 lines and 2 MB";

  /** So many bad lines are listed: who has more has another mistake. */
  private static final int TOLD = 20;

  private static final String ID_RULE =
      "must be a user id in quotes: 1 to 128 characters of ASCII that are visible";

  private UserLines() {}

  /**
   * Reads a body.
   *
   * @throws ProblemException if there is no line, there are too many, or one is bad
   */
  static List<UserId> read(byte[] body) {
    List<@Nullable String> lines = JsonLines.strings(body);
    if (lines.size() > MOST) {
      throw new ProblemException(Problem.of(Code.TOO_LARGE, RULE));
    }
    List<UserId> users = new ArrayList<>(lines.size());
    List<FieldError> bad = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String id = lines.get(i);
      if (id != null && UserId.isValid(id)) {
        users.add(new UserId(id));
      } else if (bad.size() < TOLD) {
        bad.add(new FieldError("line " + (i + 1), ID_RULE));
      }
    }
    if (lines.isEmpty()) {
      bad.add(new FieldError("line 1", "is needed: " + ID_RULE));
    }
    if (!bad.isEmpty()) {
      throw new ProblemException(Problem.invalid(bad));
    }
    return users;
  }
}
