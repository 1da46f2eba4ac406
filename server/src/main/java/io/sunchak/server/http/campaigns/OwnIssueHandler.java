package io.sunchak.server.http.campaigns;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.RedemptionLedger;
import io.sunchak.core.ledger.RedemptionLedger.Status;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.LogException;
import io.sunchak.core.promise.PromiseBook;
import io.sunchak.server.campaigns.CampaignQueries;
import io.sunchak.server.campaigns.HolderState;
import io.sunchak.server.codes.CouponCodes;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.ProblemException;
import io.sunchak.server.http.Routes.Route;
import io.sunchak.server.security.Access;
import io.sunchak.server.security.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A user's read of their own coupon. */
public final class OwnIssueHandler implements Calls {
  private static final String PATH = "/api/v1/campaigns";

  private final CampaignQueries campaigns;
  private final CouponLedger coupons;
  private final RedemptionLedger redemptions;
  private final CouponCodes codes;
  private final CampaignKeyspace keyspace;
  private final PromiseBook promises;
  private final InstantSource clock;

  /** What the ledger knows of coupons, and what makes their codes. */
  public record Stored(CouponLedger coupons, RedemptionLedger redemptions, CouponCodes codes) {}

  public OwnIssueHandler(
      CampaignQueries campaigns,
      Stored stored,
      CampaignKeyspace keyspace,
      PromiseBook promises,
      InstantSource clock) {
    this.campaigns = campaigns;
    this.coupons = stored.coupons();
    this.redemptions = stored.redemptions();
    this.codes = stored.codes();
    this.keyspace = keyspace;
    this.promises = promises;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, PATH + "/{id}/issues/me", this::mine),
        Route.of(HttpMethod.POST, PATH + "/{id}/issues", OwnIssueHandler::hot));
  }

  /** Issue requests never arrive here, because {@code DirectChannel} has handled them. */
  private static Mono<ServerResponse> hot(ServerRequest request) {
    return Answers.problem(Problem.of(Code.CAMPAIGN_NOT_FOUND));
  }

  /**
   * Asks Redis first, then the ledger. One of them is enough for "issued", also while the other is
   * down; "not issued" needs both.
   */
  Mono<ServerResponse> mine(ServerRequest request) {
    Caller caller = Access.caller(request.exchange());
    return Answers.blocking(() -> {
      CampaignId id = Answers.campaign(request);
      String user = caller.user().value();
      List<RuntimeException> away = new ArrayList<>();
      var held = unlessAway(() -> keyspace.find(id, user), away);
      var known =
          unlessAway(() -> stored(id, user), away).or(() -> held.map(h -> logged(id, user, h)));
      if (known.isEmpty() && !away.isEmpty()) {
        throw away.getFirst();
      }
      return known.isPresent() ? Answers.json(known.get()) : notIssued(id);
    });
  }

  private static <T> Optional<T> unlessAway(
      Supplier<Optional<T>> asked, List<RuntimeException> away) {
    try {
      return asked.get();
    } catch (LogException | LedgerException notNow) {
      away.add(notNow);
      return Optional.empty();
    }
  }

  private Mono<ServerResponse> notIssued(CampaignId id) {
    campaigns.get(id);
    return Answers.problem(Problem.of(Code.NOT_ISSUED));
  }

  /**
   * This answer is a promise too: it is kept in the promise book until the ledger has it, or not
   * given.
   */
  private Map<String, Object> logged(CampaignId id, String user, CampaignKeyspace.Held held) {
    Instant acceptedAt = held.acceptedAt().orElse(null);
    Instant known = acceptedAt == null ? clock.instant() : acceptedAt;
    Reservation promise = new Reservation(held.epoch(), held.sequence(), user, known);
    if (!promises.keep(id, held.epoch(), List.of(promise))) {
      throw new ProblemException(Problem.of(Code.REBUILDING));
    }
    return mine(id, user, HolderState.ACCEPTED.toHolder(), held.sequence(), acceptedAt);
  }

  /** The row is asked for again: a replay between the two looks would hide what it moves. */
  private Optional<Map<String, Object>> stored(CampaignId id, String user) {
    return row(id, user)
        .or(() -> coupons.findFailure(id, user).map(kept -> kept(id, kept)))
        .or(() -> row(id, user));
  }

  private Optional<Map<String, Object>> row(CampaignId id, String user) {
    return redemptions.find(id, user).map(this::row);
  }

  private Map<String, Object> row(Status status) {
    Coupon row = status.coupon();
    Map<String, Object> view =
        mine(row.campaign(), row.user(), status.state().name(), row.sequence(), row.acceptedAt());
    view.put("issuedAt", row.issuedAt().toString());
    Optional.ofNullable(status.code()).flatMap(codes::of).ifPresent(code -> view.put("code", code));
    put(view, "validFrom", status.validFrom());
    put(view, "validUntil", status.validUntil());
    put(view, "redeemedAt", status.redemption() == null ? null : status.redemption().at());
    put(view, "revokedAt", status.revoked() == null ? null : status.revoked().at());
    return view;
  }

  private static void put(Map<String, Object> view, String field, @Nullable Instant at) {
    if (at != null) {
      view.put(field, at.toString());
    }
  }

  /** The promise of a failure holds unless an operator has discarded it. */
  private static Map<String, Object> kept(CampaignId id, CouponLedger.Failure kept) {
    HolderState state = HolderState.of(kept);
    return mine(id, kept.user(), state.toHolder(), kept.sequence(), kept.acceptedAt());
  }

  private static Map<String, Object> mine(
      CampaignId campaign, String user, String state, long sequence, @Nullable Instant acceptedAt) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("campaignId", campaign.value());
    view.put("userId", user);
    view.put("sequence", sequence);
    view.put("state", state);
    put(view, "acceptedAt", acceptedAt);
    return view;
  }
}
