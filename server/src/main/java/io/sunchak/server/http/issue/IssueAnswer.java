package io.sunchak.server.http.issue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.server.http.Challenge;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * An issue's outcome as an HTTP answer: the one place that says which outcome is which status.
 *
 * @param outcome its word in metrics
 * @param body JSON
 * @param location where the issue can be read; null when there is none
 * @param problem null when the user holds a coupon
 */
record IssueAnswer(
    int status, String outcome, String body, @Nullable String location, @Nullable Problem problem) {
  private static final AsciiString JSON = AsciiString.cached("application/json");
  private static final AsciiString PROBLEM = AsciiString.cached(Problem.MEDIA_TYPE);

  /** Of the call's own address, so that it holds below a proxy's prefix too (RFC 3986, 5.2). */
  private static final String MINE = "issues/me";

  private static final AsciiString NO_STORE = AsciiString.cached("no-store");
  private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");
  private static final AsciiString CONTENT_TYPE_OPTIONS =
      AsciiString.cached("x-content-type-options");
  private static final AsciiString REPLAYED = AsciiString.cached("idempotent-replayed");
  private static final DefaultHttpHeadersFactory TRUSTED =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  static IssueAnswer of(IssueRequest request, IssueOutcome outcome, InstantSource clock) {
    return switch (outcome) {
      case IssueOutcome.Accepted yes ->
          held(202, "ACCEPTED", request, yes.sequence(), "ACCEPTED", yes.acceptedAt());
      case IssueOutcome.AlreadyIssued yes ->
          held(200, "ALREADY", request, yes.sequence(), "ACCEPTED", null);
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
  static IssueAnswer issued(IssueRequest request, IssueOutcome.Accepted accepted) {
    return held(201, "ISSUED", request, accepted.sequence(), "ISSUED", accepted.acceptedAt());
  }

  static IssueAnswer refused(Problem problem) {
    return new IssueAnswer(
        problem.code().status(), problem.code().name(), problem.json(), null, problem);
  }

  private static IssueAnswer held(
      int status,
      String word,
      IssueRequest request,
      long sequence,
      String state,
      @Nullable Instant acceptedAt) {
    String campaign = request.campaign().value();
    StringBuilder json = new StringBuilder(192);
    json.append("{\"campaignId\":\"").append(campaign).append("\",\"userId\":\"");
    quote(json, request.user().value());
    json.append("\",\"sequence\":").append(sequence).append(",\"state\":\"").append(state);
    if (acceptedAt != null) {
      json.append("\",\"acceptedAt\":\"").append(acceptedAt);
    }
    String body = json.append("\"}").toString();
    return new IssueAnswer(status, word, body, MINE, null);
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

  private static int secondsUntil(Instant opensAt, InstantSource clock) {
    long seconds = Duration.between(clock.instant(), opensAt).toSeconds() + 1;
    return Math.clamp(seconds, 1, 86_400);
  }

  /** The answer as Netty sends it; the caller owns it until it is written. */
  FullHttpResponse toHttp(ByteBufAllocator allocator) {
    ByteBuf content = ByteBufUtil.writeUtf8(allocator, body);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content, TRUSTED, TRUSTED);
    HttpHeaders headers = response.headers();
    headers
        .set(HttpHeaderNames.CONTENT_TYPE, problem == null ? JSON : PROBLEM)
        .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(content.readableBytes()))
        .set(HttpHeaderNames.CACHE_CONTROL, NO_STORE)
        .set(CONTENT_TYPE_OPTIONS, NOSNIFF);
    if (location != null) {
      headers.set(HttpHeaderNames.LOCATION, location);
    }
    if (status == 200) {
      headers.set(REPLAYED, "true");
    }
    if (problem != null) {
      addTo(headers, problem);
    }
    return response;
  }

  private static void addTo(HttpHeaders headers, Problem problem) {
    if (problem.retryAfter() != null) {
      headers.set(HttpHeaderNames.RETRY_AFTER, problem.retryAfter().toString());
    }
    problem.headers().forEach(headers::set);
    if (problem.code() == Code.UNAUTHENTICATED) {
      headers.set(HttpHeaderNames.WWW_AUTHENTICATE, Challenge.header(problem));
    }
  }
}
