package io.sunchak.server.http.admin;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.server.campaigns.CampaignQueries;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Paging;
import io.sunchak.server.http.Routes.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Reads a campaign's coupons as pages and as CSV. */
public final class CouponHandler implements Calls {
  private static final String PATH = "/api/v1/admin/campaigns/{id}";

  private static final int CHUNK = 1_000;

  private final CouponLedger coupons;
  private final CampaignQueries campaigns;

  public CouponHandler(CouponLedger coupons, CampaignQueries campaigns) {
    this.coupons = coupons;
    this.campaigns = campaigns;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, PATH + "/issues", this::page),
        Route.of(HttpMethod.GET, PATH + "/issues.csv", this::csv));
  }

  Mono<ServerResponse> page(ServerRequest request) {
    return Answers.blocking(() -> {
      CampaignId id = Answers.campaign(request);
      campaigns.get(id);
      Paging paging = Paging.of(request);
      List<Coupon> page = coupons.page(id, paging.afterSequence(), paging.limit());
      String last = page.isEmpty() ? "" : Long.toString(page.getLast().sequence());
      return Answers.json(paging.answer(page.stream().map(CouponHandler::view).toList(), last));
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

  Mono<ServerResponse> csv(ServerRequest request) {
    return Answers.blocking(() -> {
      CampaignId id = Answers.campaign(request);
      campaigns.get(id);
      return CsvAnswer.of(
          id + "-issues.csv",
          Csv.HEADER,
          after -> coupons.page(id, after, CHUNK),
          Coupon::sequence,
          Csv::lines);
    });
  }
}
