package io.sunchak.server.http.direct;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.sunchak.server.http.Challenge;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A refusal. Those that say no more than their code are made once and shared. */
public final class ProblemAnswer extends DirectAnswer {
  private static final AsciiString PROBLEM = AsciiString.cached(Problem.MEDIA_TYPE);

  private static final Map<Code, ProblemAnswer> PREPARED = new ConcurrentHashMap<>();

  private final Problem problem;

  private ProblemAnswer(Problem problem) {
    super(
        new AnswerHead(problem.code().status(), headers(problem)),
        problem.json().getBytes(StandardCharsets.UTF_8));
    this.problem = problem;
  }

  private static HttpHeaders headers(Problem problem) {
    HttpHeaders headers = AnswerHead.privateHeaders(PROBLEM);
    if (problem.retryAfter() != null) {
      headers.add(HttpHeaderNames.RETRY_AFTER, problem.retryAfter().toString());
    }
    problem.headers().forEach(headers::add);
    if (problem.code() == Code.UNAUTHENTICATED) {
      headers.add(HttpHeaderNames.WWW_AUTHENTICATE, Challenge.header(problem));
    }
    return headers;
  }

  /** A refusal that says no more than its code; the wait of a 503 is drawn for each. */
  public static ProblemAnswer of(Code code) {
    ProblemAnswer prepared = PREPARED.get(code);
    if (prepared != null) {
      return prepared;
    }
    ProblemAnswer answer = of(Problem.of(code));
    if (answer.problem.retryAfter() == null) {
      PREPARED.put(code, answer);
    }
    return answer;
  }

  public static ProblemAnswer of(Problem problem) {
    return new ProblemAnswer(problem);
  }

  public Code code() {
    return problem.code();
  }
}
