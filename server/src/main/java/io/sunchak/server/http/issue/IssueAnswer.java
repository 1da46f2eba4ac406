package io.sunchak.server.http.issue;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.direct.AnswerHead;
import io.sunchak.server.http.direct.DirectAnswer;
import io.sunchak.server.http.direct.ProblemAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * An issue's outcome as an HTTP answer. Immutable.
 *
 * @param outcome its name in metrics
 */
record IssueAnswer(String outcome, DirectAnswer http) {
  private static final AsciiString JSON = AsciiString.cached("application/json");

  /**
   * Relative to the call's address, so that it works below a proxy's prefix too (RFC 3986, 5.2).
   */
  private static final AsciiString MINE = AsciiString.cached("issues/me");

  private static final AnswerHead ISSUED = new AnswerHead(201, ofHolder());
  private static final AnswerHead ACCEPTED = new AnswerHead(202, ofHolder());
  private static final AnswerHead REPEATED =
      new AnswerHead(200, ofHolder().add("idempotent-replayed", "true"));

  /** A group's users were accepted at the same moment, which is written once a group and thread. */
  private static final FastThreadLocal<Moment> NEWEST = new FastThreadLocal<>();

  private record Moment(Instant at, String text) {}

  /** The headers of an answer to a user who holds a coupon. */
  private static HttpHeaders ofHolder() {
    return AnswerHead.privateHeaders(JSON).add(HttpHeaderNames.LOCATION, MINE);
  }

  static IssueAnswer of(IssueRequest request, IssueOutcome outcome, InstantSource clock) {
    return switch (outcome) {
      case IssueOutcome.Accepted yes ->
          held(ACCEPTED, "ACCEPTED", request, yes.sequence(), "ACCEPTED", yes.acceptedAt(), null);
      case IssueOutcome.AlreadyIssued yes ->
          held(REPEATED, "ALREADY", request, yes.sequence(), "ACCEPTED", null, null);
      case IssueOutcome.NotOpen no ->
          refused(Problem.notOpen(no.opensAt(), secondsUntil(no.opensAt(), clock)));
      // To users it is over, and no more.
      case IssueOutcome.Archived _ -> refused(Code.CLOSED);
      default -> refused(Code.of(outcome));
    };
  }

  /**
   * This answer with the state ISSUED, once the row is committed.
   *
   * @param code the coupon's; null if it has none
   */
  static IssueAnswer issued(
      IssueRequest request, IssueOutcome.Accepted accepted, @Nullable String code) {
    return held(
        ISSUED, "ISSUED", request, accepted.sequence(), "ISSUED", accepted.acceptedAt(), code);
  }

  static IssueAnswer refused(Code code) {
    return new IssueAnswer(code.name(), ProblemAnswer.of(code));
  }

  static IssueAnswer refused(Problem problem) {
    return new IssueAnswer(problem.code().name(), ProblemAnswer.of(problem));
  }

  private static IssueAnswer held(
      AnswerHead head,
      String word,
      IssueRequest request,
      long sequence,
      String state,
      @Nullable Instant acceptedAt,
      @Nullable String code) {
    StringBuilder json = new StringBuilder(192);
    json.append("{\"campaignId\":\"").append(request.campaign().value());
    json.append("\",\"userId\":\"");
    quote(json, request.user().value());
    json.append("\",\"sequence\":").append(sequence).append(",\"state\":\"").append(state);
    if (acceptedAt != null) {
      json.append("\",\"acceptedAt\":\"").append(written(acceptedAt));
    }
    if (code != null) {
      json.append("\",\"code\":\"").append(code);
    }
    byte[] body = json.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    return new IssueAnswer(word, new DirectAnswer(head, body));
  }

  private static String written(Instant at) {
    Moment newest = NEWEST.get();
    if (newest == null || !newest.at().equals(at)) {
      newest = new Moment(at, at.toString());
      NEWEST.set(newest);
    }
    return newest.text();
  }

  /** A user id is printable ASCII: only these two need escaping. */
  private static void quote(StringBuilder json, String text) {
    if (text.indexOf('"') < 0 && text.indexOf('\\') < 0) {
      json.append(text);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      json.append(c);
    }
  }

  private static int secondsUntil(Instant opensAt, InstantSource clock) {
    long seconds = Duration.between(clock.instant(), opensAt).toSeconds() + 1;
    return Math.clamp(seconds, 1, 86_400);
  }
}
