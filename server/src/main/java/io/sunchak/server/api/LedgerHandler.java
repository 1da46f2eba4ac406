package io.sunchak.server.api;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.ledger.CouponLedger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The ledger, as pages and as CSV. */
public final class LedgerHandler {
  private static final int CHUNK = 1_000;
  private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

  private final CouponLedger coupons;
  private final PublicHandler views;

  public LedgerHandler(CouponLedger coupons, PublicHandler views) {
    this.coupons = coupons;
    this.views = views;
  }

  Mono<ServerResponse> page(ServerRequest request) {
    return Answers.blocking(() -> {
      CampaignId id = Answers.campaign(request);
      views.find(id);
      Paging paging = Paging.of(request);
      List<Coupon> page = coupons.page(id, paging.afterSequence(), paging.limit());
      String last = page.isEmpty() ? "" : Long.toString(page.getLast().sequence());
      return Answers.json(paging.answer(page.stream().map(LedgerHandler::view).toList(), last));
    });
  }

  private static Map<String, Object> view(Coupon coupon) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sequence", coupon.sequence());
    view.put("userId", coupon.user());
    view.put("acceptedAt", coupon.acceptedAt().toString());
    view.put("issuedAt", coupon.issuedAt().toString());
    return view;
  }

  /** Streamed: memory holds a chunk, however long the ledger. */
  Mono<ServerResponse> csv(ServerRequest request) {
    return Answers.blocking(() -> {
      CampaignId id = Answers.campaign(request);
      views.find(id);
      return ServerResponse.ok()
          .contentType(CSV)
          .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + "-issues.csv\"")
          .body(BodyInserters.fromDataBuffers(rows(id).map(LedgerHandler::buffer)));
    });
  }

  private Flux<String> rows(CampaignId id) {
    Flux<String> chunks =
        Flux.<List<Coupon>, Long>generate(
                () -> 0L,
                (after, sink) -> {
                  List<Coupon> page = coupons.page(id, after, CHUNK);
                  if (page.isEmpty()) {
                    sink.complete();
                    return after;
                  }
                  sink.next(page);
                  return page.getLast().sequence();
                })
            .map(Csv::lines)
            .subscribeOn(Answers.BLOCKING);
    return Flux.concat(Flux.just(Csv.HEADER), chunks);
  }

  private static DataBuffer buffer(String text) {
    return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
