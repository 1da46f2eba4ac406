package io.sunchak.server.http.redemptions;

import io.sunchak.core.CampaignId;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.RedemptionLedger;
import io.sunchak.core.ledger.RedemptionLedger.Named;
import io.sunchak.core.ledger.RedemptionLedger.Redemption;
import io.sunchak.core.ledger.RedemptionLedger.RedemptionId;
import io.sunchak.server.codes.CouponCodes;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.BodyFields;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Routes.Route;
import io.sunchak.server.security.Access;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Redeems coupons and cancels redemptions. An unknown code is answered as any coupon that is not
 * there, after the same work: the answer tells nothing about how wrong it was.
 */
public final class RedemptionHandler implements Calls {
  private static final String PATH = "/api/v1/redemptions";
  private static final String ID_RULE = "must match ^[!-~]{1,128}$";
  private static final int CODE_LENGTH = 64;

  /** A campaign, a sequence, and which act of the coupon. */
  private static final Pattern ID =
      Pattern.compile("([a-z0-9-]{1,64}):([1-9][0-9]{0,17}):([1-9][0-9]{0,8})");

  private final RedemptionLedger redemptions;
  private final CouponCodes codes;

  public RedemptionHandler(RedemptionLedger redemptions, CouponCodes codes) {
    this.redemptions = redemptions;
    this.codes = codes;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.POST, PATH, this::redeem),
        Route.of(HttpMethod.POST, PATH + "/{id}/cancel", this::cancel));
  }

  private record Order(Named coupon, String id) {}

  Mono<ServerResponse> redeem(ServerRequest request) {
    return Answers.body(request)
        .flatMap(body ->
            Answers.blocking(() -> {
              Order order = order(body);
              return redeemed(redemptions.redeem(order.coupon(), order.id(), actor(request)));
            }))
        .onErrorResume(Answers::problem);
  }

  private Order order(byte[] body) {
    BodyFields fields = new BodyFields(body, "code", "campaignId", "userId", "orderId");
    String order = id(fields, "orderId");
    Named coupon = fields.has("code") ? byCode(fields) : byUser(fields);
    fields.refuseErrors();
    return new Order(coupon, order);
  }

  private Named byCode(BodyFields fields) {
    for (String other : List.of("campaignId", "userId")) {
      if (fields.has(other)) {
        fields.error(other, "must be absent where there is a code");
      }
    }
    return new Named.ByCode(codes.read(fields.line("code", CODE_LENGTH)));
  }

  private static Named byUser(BodyFields fields) {
    CampaignId campaign = fields.optionalCampaign("campaignId");
    if (campaign == null) {
      fields.error("campaignId", "is needed where there is no code");
    }
    String user = id(fields, "userId");
    fields.refuseErrors();
    return new Named.ByUser(Objects.requireNonNull(campaign), new UserId(user));
  }

  private static String id(BodyFields fields, String field) {
    var value = fields.value(field);
    String text = value == null ? "" : BodyFields.string(field, value);
    if (!UserId.isValid(text)) {
      fields.error(field, value == null ? "is needed" : ID_RULE);
    }
    return text;
  }

  private static Mono<ServerResponse> redeemed(RedemptionLedger.Redeem outcome) {
    return switch (outcome) {
      case RedemptionLedger.Redeemed(var made, boolean repeated) when repeated ->
          Answers.json(ServerResponse.ok().header("Idempotent-Replayed", "true"), view(made));
      case RedemptionLedger.Redeemed made ->
          Answers.json(ServerResponse.status(201), view(made.redemption()));
      case RedemptionLedger.OrderCancelled _ ->
          Answers.problem(Problem.of(Code.REDEMPTION_CANCELLED));
      case RedemptionLedger.TakenByOther taken ->
          Answers.problem(Problem.since(Code.REDEEMED, taken.at()));
      case RedemptionLedger.NotYetValid early ->
          Answers.problem(Problem.since(Code.NOT_VALID_YET, early.from()));
      case RedemptionLedger.Expired late -> Answers.problem(Problem.since(Code.EXPIRED, late.at()));
      case RedemptionLedger.Revoked gone -> Answers.problem(Problem.since(Code.REVOKED, gone.at()));
      case RedemptionLedger.NoCoupon _ -> Answers.problem(Problem.of(Code.COUPON_NOT_FOUND));
    };
  }

  Mono<ServerResponse> cancel(ServerRequest request) {
    return Answers.noBody(request)
        .flatMap(none ->
            Answers.blocking(() -> {
              RedemptionId id = id(request.pathVariable("id"));
              return cancelled(
                  id == null
                      ? new RedemptionLedger.NoRedemption()
                      : redemptions.cancel(id, actor(request)));
            }))
        .onErrorResume(Answers::problem);
  }

  private static Mono<ServerResponse> cancelled(RedemptionLedger.Cancel outcome) {
    return switch (outcome) {
      case RedemptionLedger.Cancelled done -> {
        Map<String, Object> view = view(done.redemption());
        view.put("cancelledAt", done.at().toString());
        yield Answers.json(view);
      }
      case RedemptionLedger.NoRedemption _ -> Answers.problem(Problem.of(Code.NOT_FOUND));
    };
  }

  private static @Nullable RedemptionId id(String text) {
    Matcher parts = ID.matcher(text);
    return parts.matches() && CampaignId.isValid(parts.group(1))
        ? new RedemptionId(
            new CampaignId(parts.group(1)),
            Long.parseLong(parts.group(2)),
            Integer.parseInt(parts.group(3)))
        : null;
  }

  private static Map<String, Object> view(Redemption made) {
    RedemptionId id = made.id();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", id.text());
    view.put("campaignId", id.campaign().value());
    view.put("sequence", id.sequence());
    view.put("userId", made.user());
    view.put("orderId", made.orderId());
    view.put("redeemedAt", made.at().toString());
    return view;
  }

  private static String actor(ServerRequest request) {
    return Access.caller(request.exchange()).user().value();
  }
}
