package io.sunchak.server.http.admin;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.ledger.RedemptionLedger;
import io.sunchak.core.ledger.RedemptionLedger.Status;
import io.sunchak.server.campaigns.CampaignQueries;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.BodyFields;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Paging;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Routes.Route;
import io.sunchak.server.security.Access;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Reads a campaign's coupons as pages and as CSV, without their codes, and revokes them. */
public final class CouponHandler implements Calls {
  private static final String PATH = "/api/v1/admin/campaigns/{id}";

  private static final int CHUNK = 1_000;

  private static final int REASON_LENGTH = 500;
  private static final Pattern SEQUENCE = Pattern.compile("[1-9][0-9]{0,17}");

  private final RedemptionLedger coupons;
  private final CampaignQueries campaigns;

  public CouponHandler(RedemptionLedger coupons, CampaignQueries campaigns) {
    this.coupons = coupons;
    this.campaigns = campaigns;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, PATH + "/issues", this::page),
        Route.of(HttpMethod.GET, PATH + "/issues.csv", this::csv),
        Route.of(HttpMethod.POST, PATH + "/coupons/{sequence}/revoke", this::revoke));
  }

  Mono<ServerResponse> page(ServerRequest request) {
    return Answers.blocking(() -> {
      CampaignId id = Answers.campaign(request);
      campaigns.get(id);
      Paging paging = Paging.of(request);
      List<Status> page = coupons.page(id, paging.afterSequence(), paging.limit());
      String last = page.isEmpty() ? "" : Long.toString(page.getLast().coupon().sequence());
      return Answers.json(paging.answer(page.stream().map(CouponHandler::view).toList(), last));
    });
  }

  private static Map<String, Object> view(Status status) {
    Coupon coupon = status.coupon();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sequence", coupon.sequence());
    view.put("userId", coupon.user());
    view.put("acceptedAt", coupon.acceptedAt().toString());
    view.put("issuedAt", coupon.issuedAt().toString());
    view.put("state", status.state().name());
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
          status -> status.coupon().sequence(),
          Csv::lines);
    });
  }

  Mono<ServerResponse> revoke(ServerRequest request) {
    return Answers.body(request)
        .flatMap(body ->
            Answers.blocking(() -> {
              CampaignId id = Answers.campaign(request);
              BodyFields fields = new BodyFields(body, "reason");
              String reason = fields.line("reason", REASON_LENGTH);
              fields.refuseErrors();
              long sequence = sequence(request.pathVariable("sequence"));
              return revoked(id, sequence, coupons.revoke(id, sequence, reason, actor(request)));
            }))
        .onErrorResume(Answers::problem);
  }

  /** What is no sequence is that of no coupon. */
  private static long sequence(String text) {
    return SEQUENCE.matcher(text).matches() ? Long.parseLong(text) : 0;
  }

  private static Mono<ServerResponse> revoked(
      CampaignId id, long sequence, RedemptionLedger.Revoke outcome) {
    return switch (outcome) {
      case RedemptionLedger.Revoked done -> {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("campaignId", id.value());
        view.put("sequence", sequence);
        view.put("revokedAt", done.at().toString());
        view.put("reason", done.reason());
        yield Answers.json(view);
      }
      case RedemptionLedger.TakenByOther taken ->
          Answers.problem(Problem.since(Code.REDEEMED, taken.at()));
      case RedemptionLedger.NoCoupon _ -> Answers.problem(Problem.of(Code.COUPON_NOT_FOUND));
    };
  }

  private static String actor(ServerRequest request) {
    return Access.caller(request.exchange()).user().value();
  }
}
