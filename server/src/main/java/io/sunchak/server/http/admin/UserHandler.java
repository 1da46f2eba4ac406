package io.sunchak.server.http.admin;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CodePlace;
import io.sunchak.core.Coupon;
import io.sunchak.core.Reservation;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.FailureLedger;
import io.sunchak.core.ledger.FailureLedger.Kept;
import io.sunchak.core.ledger.OverviewLedger;
import io.sunchak.core.ledger.OverviewLedger.Given;
import io.sunchak.core.ledger.RedemptionLedger;
import io.sunchak.core.ledger.RedemptionLedger.Redemption;
import io.sunchak.core.ledger.RedemptionLedger.Revoked;
import io.sunchak.core.ledger.RedemptionLedger.Status;
import io.sunchak.core.ledger.RepairLedger;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.KeyspaceView;
import io.sunchak.server.campaigns.CampaignQueries;
import io.sunchak.server.campaigns.HolderState;
import io.sunchak.server.codes.CouponCodes;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.BodyFields;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Routes.Route;
import io.sunchak.server.http.campaigns.CampaignView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Looks up one user of a campaign: the answer to "why didn't I get it?". */
public final class UserHandler implements Calls {
  private static final int CODE_LENGTH = 64;

  private final Sources sources;
  private final CampaignQueries campaigns;
  private final CouponCodes codes;
  private final InstantSource clock;

  /** The ports in which an answer can be found. */
  public record Sources(
      RedemptionLedger coupons,
      FailureLedger failures,
      OverviewLedger overview,
      RepairLedger repairs,
      CampaignKeyspace keyspace,
      KeyspaceView view) {}

  public UserHandler(
      Sources sources, CampaignQueries campaigns, CouponCodes codes, InstantSource clock) {
    this.sources = sources;
    this.campaigns = campaigns;
    this.codes = codes;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, "/api/v1/admin/campaigns/{id}/users/{userId}", this::find),
        Route.of(HttpMethod.POST, "/api/v1/admin/codes/look-up", this::findByCode));
  }

  Mono<ServerResponse> find(ServerRequest request) {
    return Answers.blocking(
        () -> Answers.json(found(Answers.campaign(request), request.pathVariable("userId"))));
  }

  /** The code comes in a body, because addresses are written to logs. */
  Mono<ServerResponse> findByCode(ServerRequest request) {
    return Answers.body(request)
        .flatMap(body ->
            Answers.blocking(() -> {
              BodyFields fields = new BodyFields(body, "code");
              CodePlace place = codes.read(fields.line("code", CODE_LENGTH));
              fields.refuseErrors();
              return sources
                  .coupons()
                  .find(place)
                  .map(Status::coupon)
                  .map(coupon -> Answers.json(found(coupon.campaign(), coupon.user())))
                  .orElseGet(() -> Answers.problem(Problem.of(Code.COUPON_NOT_FOUND)));
            }))
        .onErrorResume(Answers::problem);
  }

  private Map<String, Object> found(CampaignId id, String user) {
    Campaign campaign = campaigns.get(id);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("campaignId", id.value());
    view.put("userId", user);
    if (!isKnown(id, user, view)) {
      view.put("outcome", "NOT_ISSUED");
    }
    sources.repairs().ofUser(id, user).ifPresent(entry -> view.put("repair", RepairView.of(entry)));
    Instant now = clock.instant();
    view.put("campaign", offer(campaign, now));
    last(id).ifPresent(given -> view.put("last", given(given)));
    view.put("serverTime", now.toString());
    return view;
  }

  /**
   * The row is read a second time, because a replay between the two reads moves the failure into
   * it.
   */
  private boolean isKnown(CampaignId id, String user, Map<String, Object> view) {
    // A path can contain NUL, and PostgreSQL does not accept it in a query.
    return user.indexOf('\0') < 0
        && (issued(id, user, view)
            || kept(id, user, view)
            || issued(id, user, view)
            || accepted(id, user, view));
  }

  private boolean issued(CampaignId id, String user, Map<String, Object> view) {
    Optional<Status> found = sources.coupons().find(id, user);
    found.ifPresent(status -> {
      Coupon row = status.coupon();
      view.put("outcome", HolderState.ISSUED.toOperator());
      view.put("sequence", row.sequence());
      view.put("acceptedAt", row.acceptedAt().toString());
      view.put("issuedAt", row.issuedAt().toString());
      view.put("coupon", coupon(status));
    });
    return found.isPresent();
  }

  /** What the coupon is good for, and the id by which its redemption can be cancelled. */
  private static Map<String, Object> coupon(Status status) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("state", status.state().name());
    if (status.validFrom() != null) {
      view.put("validFrom", status.validFrom().toString());
    }
    if (status.validUntil() != null) {
      view.put("validUntil", status.validUntil().toString());
    }
    Redemption redemption = status.redemption();
    if (redemption != null) {
      view.put(
          "redemption",
          Map.of(
              "id",
              redemption.id().text(),
              "orderId",
              redemption.orderId(),
              "redeemedAt",
              redemption.at().toString()));
    }
    Revoked revoked = status.revoked();
    if (revoked != null) {
      view.put(
          "revocation", Map.of("revokedAt", revoked.at().toString(), "reason", revoked.reason()));
    }
    return view;
  }

  /** A void number has no user, whatever stands in its place. */
  private boolean kept(CampaignId id, String user, Map<String, Object> view) {
    Optional<Kept> found =
        sources.failures().findByUser(id, user).filter(kept -> !kept.failure().isVoid());
    found.ifPresent(kept -> {
      view.put("outcome", HolderState.of(kept.failure()).toOperator());
      view.put("sequence", kept.failure().sequence());
      view.put("acceptedAt", kept.failure().acceptedAt().toString());
      Map<String, Object> failure = new LinkedHashMap<>();
      failure.put("reason", kept.failure().reason());
      failure.put("state", kept.failure().state());
      failure.put("attempts", kept.attempts());
      failure.put("lastAt", kept.lastAt().toString());
      view.put("failure", failure);
    });
    return found.isPresent();
  }

  private boolean accepted(CampaignId id, String user, Map<String, Object> view) {
    Optional<CampaignKeyspace.Held> held =
        UserId.isValid(user) ? sources.keyspace().find(id, user) : Optional.empty();
    held.ifPresent(number -> {
      view.put("outcome", HolderState.ACCEPTED.toOperator());
      view.put("sequence", number.sequence());
      number.acceptedAt().ifPresent(at -> view.put("acceptedAt", at.toString()));
    });
    return held.isPresent();
  }

  private Map<String, Object> offer(Campaign campaign, Instant now) {
    long issued = campaigns.issued(campaign.id());
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", campaign.name());
    view.put("state", CampaignView.state(campaign, issued, now));
    view.put("total", campaign.stock().total());
    view.put("opensAt", campaign.window().opensAt().toString());
    view.put("closesAt", campaign.window().closesAt().toString());
    view.put("issued", issued);
    return view;
  }

  /** The highest number that was given; it is in the log until it is drained. */
  private Optional<Given> last(CampaignId id) {
    Optional<Given> stored = sources.overview().highest(id);
    Optional<Reservation> logged = sources.view().newest(id);
    long highest = stored.map(Given::sequence).orElse(0L);
    return logged
        .filter(entry -> entry.sequence() > highest)
        .map(entry -> new Given(entry.sequence(), entry.acceptedAt()))
        .or(() -> stored);
  }

  private static Map<String, Object> given(Given given) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sequence", given.sequence());
    view.put("acceptedAt", given.acceptedAt().toString());
    return view;
  }
}
