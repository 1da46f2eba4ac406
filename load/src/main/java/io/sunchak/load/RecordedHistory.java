package io.sunchak.load;

import io.sunchak.core.CampaignId;
import io.sunchak.judge.Invocation;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;

/** What clients saw, in the judge's words. Thread-safe; as large as the drop that it records. */
public final class RecordedHistory {
  private final Queue<Invocation> invocations = new ConcurrentLinkedQueue<>();

  /** Records one issue and its answer. */
  public Invocation record(CampaignId campaign, String user, Answer answer) {
    Invocation.Result result = result(answer);
    long completed =
        result instanceof Invocation.Unknown && answer.isMissing()
            ? Long.MAX_VALUE
            : answer.readNanos();
    Invocation invocation = new Invocation(user, answer.sentNanos(), completed, result);
    invocations.add(invocation);
    return invocation;
  }

  public List<Invocation> all() {
    return List.copyOf(invocations);
  }

  private static Invocation.Result result(Answer answer) {
    if (answer.isMissing()) {
      return new Invocation.Unknown();
    }
    JsonNode body = Json.read(answer.body());
    return result(answer.status(), body.path("sequence").asLong(0), body.path("code").asString(""));
  }

  /**
   * What an answer means for whoever got it.
   *
   * @param sequence 0 where none was given
   * @param code the problem's; empty where none was named
   */
  public static Invocation.Result result(int status, long sequence, String code) {
    if (status >= 200 && status < 300) {
      return sequence == 0 ? new Invocation.Unknown() : new Invocation.Ok(sequence);
    }
    // Only our own word promises "no effect": something in between us and the server cannot know.
    boolean undecided =
        code.equals("OUTCOME_UNKNOWN") || (status >= 500 && (status != 503 || code.isEmpty()));
    if (undecided) {
      return new Invocation.Unknown();
    }
    return new Invocation.Refused(code.isEmpty() ? "HTTP_" + status : code);
  }
}
