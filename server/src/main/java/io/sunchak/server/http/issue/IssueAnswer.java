package io.sunchak.server.http.issue;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.server.http.Challenge;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An issue's outcome as an HTTP answer. The only place that maps outcomes to statuses. Immutable:
 * refusals without details are made once and shared.
 */
final class IssueAnswer {
  private static final AsciiString JSON = AsciiString.cached("application/json");
  private static final AsciiString PROBLEM = AsciiString.cached(Problem.MEDIA_TYPE);

  /**
   * Relative to the call's address, so that it works below a proxy's prefix too (RFC 3986, 5.2).
   */
  private static final AsciiString MINE = AsciiString.cached("issues/me");

  private static final AsciiString NO_STORE = AsciiString.cached("no-store");
  private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");
  private static final AsciiString CONTENT_TYPE_OPTIONS =
      AsciiString.cached("x-content-type-options");
  private static final AsciiString REPLAYED = AsciiString.cached("idempotent-replayed");
  private static final AsciiString TRUE = AsciiString.cached("true");
  private static final DefaultHttpHeadersFactory TRUSTED =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private static final Map<Code, IssueAnswer> PREPARED = new ConcurrentHashMap<>();

  /** A group's users were accepted at the same moment, which is written once a group and thread. */
  private static final FastThreadLocal<Moment> NEWEST = new FastThreadLocal<>();

  private record Moment(Instant at, String text) {}

  private final HttpResponseStatus status;
  private final String outcome;
  private final byte[] body;

  /** Null when the user holds a coupon. */
  private final @Nullable Problem problem;

  private IssueAnswer(int status, String outcome, String body, @Nullable Problem problem) {
    this.status = HttpResponseStatus.valueOf(status);
    this.outcome = outcome;
    this.body = body.getBytes(StandardCharsets.UTF_8);
    this.problem = problem;
  }

  static IssueAnswer of(IssueRequest request, IssueOutcome outcome, InstantSource clock) {
    return switch (outcome) {
      case IssueOutcome.Accepted yes ->
          held(202, "ACCEPTED", request, yes.sequence(), "ACCEPTED", yes.acceptedAt());
      case IssueOutcome.AlreadyIssued yes ->
          held(200, "ALREADY", request, yes.sequence(), "ACCEPTED", null);
      case IssueOutcome.NotOpen no ->
          refused(Problem.notOpen(no.opensAt(), secondsUntil(no.opensAt(), clock)));
      case IssueOutcome.Paused _ -> refused(Code.PAUSED);
      case IssueOutcome.SoldOut _ -> refused(Code.SOLD_OUT);
      case IssueOutcome.Closed _ -> refused(Code.CLOSED);
      case IssueOutcome.CampaignNotFound _ -> refused(Code.CAMPAIGN_NOT_FOUND);
      case IssueOutcome.Unavailable no ->
          refused(
              switch (no.reason()) {
                case OVERLOADED -> Code.OVERLOADED;
                case REDIS_DOWN -> Code.REDIS_DOWN;
                case REBUILDING -> Code.REBUILDING;
                case BACKLOG_FULL -> Code.BACKLOG_FULL;
              });
      case IssueOutcome.Unknown _ -> refused(Code.OUTCOME_UNKNOWN);
    };
  }

  /** This answer with the state ISSUED, once the row is committed. */
  static IssueAnswer issued(IssueRequest request, IssueOutcome.Accepted accepted) {
    return held(201, "ISSUED", request, accepted.sequence(), "ISSUED", accepted.acceptedAt());
  }

  /** A refusal that says no more than its code; the wait of a 503 is drawn for each. */
  static IssueAnswer refused(Code code) {
    IssueAnswer prepared = PREPARED.get(code);
    if (prepared != null) {
      return prepared;
    }
    Problem problem = Problem.of(code);
    IssueAnswer answer = refused(problem);
    if (problem.retryAfter() == null) {
      PREPARED.put(code, answer);
    }
    return answer;
  }

  static IssueAnswer refused(Problem problem) {
    Code code = problem.code();
    return new IssueAnswer(code.status(), code.name(), problem.json(), problem);
  }

  private static IssueAnswer held(
      int status,
      String word,
      IssueRequest request,
      long sequence,
      String state,
      @Nullable Instant acceptedAt) {
    StringBuilder json = new StringBuilder(192);
    json.append("{\"campaignId\":\"").append(request.campaign().value());
    json.append("\",\"userId\":\"");
    quote(json, request.user().value());
    json.append("\",\"sequence\":").append(sequence).append(",\"state\":\"").append(state);
    if (acceptedAt != null) {
      json.append("\",\"acceptedAt\":\"").append(written(acceptedAt));
    }
    return new IssueAnswer(status, word, json.append("\"}").toString(), null);
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

  /** The outcome's name in metrics. */
  String outcome() {
    return outcome;
  }

  /**
   * Builds the answer for Netty; the caller owns it until it is written.
   *
   * @param version the request's HTTP version: an HTTP/1.0 client needs Connection: keep-alive
   * @param keepAlive whether the connection stays open after it
   */
  FullHttpResponse toHttp(HttpVersion version, boolean keepAlive) {
    HttpHeaders headers = headers();
    if (!keepAlive || !version.isKeepAliveDefault()) {
      HttpUtil.setKeepAlive(headers, version, keepAlive);
    }
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        status,
        Unpooled.wrappedBuffer(body),
        headers,
        EmptyHttpHeaders.INSTANCE);
  }

  /** This answer's own, since others on the way out add to them. */
  private HttpHeaders headers() {
    HttpHeaders headers =
        TRUSTED
            .newHeaders()
            .add(HttpHeaderNames.CONTENT_TYPE, problem == null ? JSON : PROBLEM)
            .add(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
            .add(HttpHeaderNames.CACHE_CONTROL, NO_STORE)
            .add(CONTENT_TYPE_OPTIONS, NOSNIFF);
    if (problem == null) {
      headers.add(HttpHeaderNames.LOCATION, MINE);
      if (status.code() == 200) {
        headers.add(REPLAYED, TRUE);
      }
    } else {
      addTo(headers, problem);
    }
    return headers;
  }

  private static void addTo(HttpHeaders headers, Problem problem) {
    if (problem.retryAfter() != null) {
      headers.add(HttpHeaderNames.RETRY_AFTER, problem.retryAfter().toString());
    }
    problem.headers().forEach(headers::add);
    if (problem.code() == Code.UNAUTHENTICATED) {
      headers.add(HttpHeaderNames.WWW_AUTHENTICATE, Challenge.header(problem));
    }
  }
}
