package io.sunchak.server.http.campaigns;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.sunchak.core.CampaignId;
import io.sunchak.server.campaigns.CampaignBoard;
import io.sunchak.server.campaigns.CampaignBoard.Sheet;
import io.sunchak.server.campaigns.CampaignBoard.Shown;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.DefectLog;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.SecurityHeaders;
import io.sunchak.server.http.direct.AnswerHead;
import io.sunchak.server.http.direct.DirectAnswer;
import io.sunchak.server.http.direct.DirectCall;
import io.sunchak.server.http.direct.DirectRequest;
import io.sunchak.server.http.direct.ProblemAnswer;
import io.sunchak.server.limits.Refusal;
import io.sunchak.server.limits.RequestLimits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * {@code GET /api/v1/campaigns/{id}}, which every page asks for while it waits for the opening.
 * Through WebFlux it cost five times as much, and 5,000 a second took the cores from the issue
 * call. {@link BoardHandler} gives the same answer to the same call in any other form: HEAD,
 * escapes, a query, a body.
 */
public final class DirectView implements DirectCall {
  private static final String PREFIX = "/api/v1/campaigns/";

  private static final AsciiString JSON = AsciiString.cached("application/json");
  private static final AsciiString SECOND =
      AsciiString.cached(String.valueOf(BoardHandler.SECOND.getHeaderValue()));

  private final CampaignBoard board;
  private final RequestLimits limits;
  private final InstantSource clock;
  private final WrittenViews views = new WrittenViews();
  private final DefectLog defects = new DefectLog(System::nanoTime);

  public DirectView(CampaignBoard board, RequestLimits limits, InstantSource clock) {
    this.board = board;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public boolean takes(DirectRequest request) {
    return request.method().equals("GET")
        && request.target().startsWith(PREFIX)
        && CampaignId.isValid(request.target().substring(PREFIX.length()))
        && !request.announcesBody();
  }

  @Override
  public void answer(Exchange exchange) {
    DirectRequest request = exchange.request();
    Refusal crowd = limits.ofAddress(exchange.peer(), request::headers);
    if (crowd != null) {
      exchange.reply().accept(ProblemAnswer.of(Problem.limited(crowd)));
      return;
    }
    var _ =
        board
            .sheet()
            .subscribe(
                sheet -> reply(exchange, () -> of(sheet, request)),
                error -> reply(exchange, () -> of(error)));
  }

  private void reply(Exchange exchange, Supplier<DirectAnswer> answer) {
    exchange
        .loop()
        .execute(() -> {
          DirectAnswer made;
          try {
            made = answer.get();
          } catch (RuntimeException unforeseen) {
            made = of(unforeseen);
          }
          exchange.reply().accept(made);
        });
  }

  private DirectAnswer of(Sheet sheet, DirectRequest request) {
    CampaignId id = new CampaignId(request.target().substring(PREFIX.length()));
    Shown shown = sheet.campaigns().get(id);
    if (shown == null) {
      return ProblemAnswer.of(Code.CAMPAIGN_NOT_FOUND);
    }
    Instant now = clock.instant();
    WrittenViews.Written written = views.of(shown, now);
    boolean known = WrittenViews.isKnown(request.headers("if-none-match"), written.tag());
    HttpHeaders headers = headers(written.tag(), known);
    return known
        ? new DirectAnswer(new AnswerHead(304, headers), new byte[0])
        : new DirectAnswer(new AnswerHead(200, headers), written.json(now));
  }

  private DirectAnswer of(Throwable error) {
    Problem expected = Answers.expected(error);
    if (expected == null) {
      defects.tell(error);
      return ProblemAnswer.of(Code.INTERNAL);
    }
    return ProblemAnswer.of(expected);
  }

  @Override
  public DirectAnswer refuseBody() {
    return ProblemAnswer.of(Code.MALFORMED);
  }

  private static HttpHeaders headers(String tag, boolean known) {
    HttpHeaders headers =
        AnswerHead.noHeaders()
            .add(HttpHeaderNames.CACHE_CONTROL, SECOND)
            .add(HttpHeaderNames.ETAG, tag);
    if (!known) {
      headers.add(HttpHeaderNames.CONTENT_TYPE, JSON);
    }
    SecurityHeaders.ALL.forEach(headers::add);
    return headers;
  }
}
