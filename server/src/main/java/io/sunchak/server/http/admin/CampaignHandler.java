package io.sunchak.server.http.admin;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.archive.Archiving;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.server.campaigns.CampaignAdmin;
import io.sunchak.server.campaigns.CampaignBoard;
import io.sunchak.server.campaigns.CampaignBoard.Shown;
import io.sunchak.server.campaigns.CampaignQueries;
import io.sunchak.server.codes.CouponCodes;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Paging;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Routes.Route;
import io.sunchak.server.http.campaigns.CampaignView;
import io.sunchak.server.security.Access;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Operators' calls on campaigns: create, read, change, pause, resume, close, archive, and resume
 * the drain.
 */
public final class CampaignHandler implements Calls {
  private static final String PATH = "/api/v1/admin/campaigns";

  /** Nodes cache refusals for this time; after it no node refuses by the old config. */
  private static final Duration LOCAL_REFUSAL = Duration.ofSeconds(1);

  private static final int TRIES = 5;

  private final CampaignAdmin admin;
  private final CampaignQueries campaigns;
  private final CampaignBoard board;
  private final CouponCodes codes;
  private final InstantSource clock;

  public CampaignHandler(
      CampaignAdmin admin,
      CampaignQueries campaigns,
      CampaignBoard board,
      CouponCodes codes,
      InstantSource clock) {
    this.admin = admin;
    this.campaigns = campaigns;
    this.board = board;
    this.codes = codes;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.POST, PATH, this::create),
        Route.of(HttpMethod.GET, PATH, this::list),
        Route.of(HttpMethod.GET, PATH + "/{id}", this::read),
        Route.of(HttpMethod.PATCH, PATH + "/{id}", this::patch),
        Route.of(HttpMethod.POST, PATH + "/{id}/pause", this::pause),
        Route.of(HttpMethod.POST, PATH + "/{id}/resume", this::resume),
        Route.of(HttpMethod.POST, PATH + "/{id}/close", this::close),
        Route.of(HttpMethod.POST, PATH + "/{id}/archive", this::archive),
        Route.of(HttpMethod.POST, PATH + "/{id}/drain/resume", this::resumeDrain));
  }

  Mono<ServerResponse> create(ServerRequest request) {
    return Answers.body(request)
        .flatMap(body ->
            Answers.blocking(() -> {
              Campaign campaign = CampaignFields.create(body, codes.canMake());
              return admin.create(campaign, actor(request))
                  ? created(campaign)
                  : Answers.problem(Problem.of(Code.CAMPAIGN_EXISTS));
            }))
        .onErrorResume(Answers::problem);
  }

  private Mono<ServerResponse> created(Campaign campaign) {
    board.changed();
    URI location = URI.create("campaigns/" + campaign.id());
    return answer(ServerResponse.created(location), campaign);
  }

  Mono<ServerResponse> list(ServerRequest request) {
    return Answers.blocking(() -> {
      Paging paging = Paging.of(request);
      List<Shown> page = board.readThrough(paging.afterCampaign(), paging.limit());
      Instant now = clock.instant();
      List<Map<String, Object>> items =
          page.stream()
              .map(one -> CampaignView.administered(one.campaign(), one.issued(), now))
              .toList();
      String last = page.isEmpty() ? "" : page.getLast().campaign().id().value();
      return Answers.json(paging.answer(items, last));
    });
  }

  Mono<ServerResponse> read(ServerRequest request) {
    return Answers.blocking(
        () -> answer(ServerResponse.ok(), campaigns.get(Answers.campaign(request))));
  }

  Mono<ServerResponse> patch(ServerRequest request) {
    return Answers.body(request)
        .flatMap(body ->
            Answers.blocking(() -> {
              CampaignId id = Answers.campaign(request);
              List<String> tags = request.headers().header(HttpHeaders.IF_MATCH);
              if (tags.isEmpty()) {
                return Answers.problem(Problem.of(Code.IF_MATCH_REQUIRED));
              }
              return patch(id, IfMatch.of(tags), body, actor(request));
            }))
        .onErrorResume(Answers::problem);
  }

  /** With If-Match: * a concurrent change leads to another attempt. */
  private Mono<ServerResponse> patch(CampaignId id, IfMatch seen, byte[] body, String actor) {
    ConfigChange.Result result = new ConfigChange.Stale();
    for (int i = 0; i < TRIES && result instanceof ConfigChange.Stale; i++) {
      Campaign before = campaigns.get(id);
      if (!seen.matches(before.version())) {
        return Answers.problem(Problem.of(Code.STALE));
      }
      result = admin.change(before.version(), wanted(body, before), actor);
    }
    return changed(result);
  }

  private Campaign wanted(byte[] body, Campaign before) {
    long issued = campaigns.issued(before.id());
    String shown = CampaignView.state(before, issued, clock.instant());
    return CampaignFields.merge(body, before, shown, codes.canMake());
  }

  Mono<ServerResponse> pause(ServerRequest request) {
    return become(request, CampaignState.PAUSED);
  }

  Mono<ServerResponse> resume(ServerRequest request) {
    return become(request, CampaignState.ACTIVE);
  }

  Mono<ServerResponse> close(ServerRequest request) {
    return become(request, CampaignState.CLOSED);
  }

  /** Idempotent; a repetition completes what was begun. */
  Mono<ServerResponse> archive(ServerRequest request) {
    return Answers.noBody(request)
        .flatMap(none ->
            Answers.blocking(
                () -> archived(admin.archive(Answers.campaign(request), actor(request)))))
        .onErrorResume(Answers::problem);
  }

  private Mono<ServerResponse> archived(Archiving.Result result) {
    board.changed();
    return switch (result) {
      case Archiving.Done done -> answer(ServerResponse.ok(), done.campaign());
      case Archiving.NotFound _ -> Answers.problem(Problem.of(Code.CAMPAIGN_NOT_FOUND));
      case Archiving.NotClosed _ -> Answers.problem(Problem.of(Code.NOT_CLOSED));
      case Archiving.NotSettled _ -> Answers.problem(Problem.of(Code.NOT_SETTLED));
      case Archiving.Rebuilding _ -> Answers.problem(Problem.of(Code.REBUILDING));
    };
  }

  /** Idempotent; has no effect on a drain that has not stopped. */
  Mono<ServerResponse> resumeDrain(ServerRequest request) {
    return Answers.noBody(request)
        .flatMap(none ->
            Answers.blocking(() -> {
              Campaign campaign = campaigns.get(Answers.campaign(request));
              admin.resumeDrain(campaign.id(), actor(request));
              return answer(ServerResponse.accepted(), campaign);
            }))
        .onErrorResume(Answers::problem);
  }

  /** A request for the current state succeeds as soon as Redis has that state. */
  private Mono<ServerResponse> become(ServerRequest request, CampaignState state) {
    return Answers.noBody(request)
        .flatMap(none ->
            Answers.blocking(() -> become(Answers.campaign(request), state, actor(request))))
        .onErrorResume(Answers::problem);
  }

  private Mono<ServerResponse> become(CampaignId id, CampaignState state, String actor) {
    ConfigChange.Result result = new ConfigChange.Stale();
    // The request named no version, so another operator's change in between is no conflict.
    for (int i = 0; i < TRIES && result instanceof ConfigChange.Stale; i++) {
      Campaign before = campaigns.get(id);
      result = admin.change(before.version(), before.withState(state), actor);
    }
    return changed(result);
  }

  private static String actor(ServerRequest request) {
    return Access.caller(request.exchange()).user().value();
  }

  private Mono<ServerResponse> changed(ConfigChange.Result result) {
    board.changed();
    return switch (result) {
      case ConfigChange.Changed done ->
          Mono.delay(LOCAL_REFUSAL, Answers.BLOCKING)
              .flatMap(waited -> answer(ServerResponse.ok(), done.campaign()));
      case ConfigChange.Unchanged same -> answer(ServerResponse.ok(), same.campaign());
      case ConfigChange.Pending later -> answer(ServerResponse.accepted(), later.campaign());
      case ConfigChange.Stale _ -> Answers.problem(Problem.of(Code.STALE));
      case ConfigChange.NotFound _ -> Answers.problem(Problem.of(Code.CAMPAIGN_NOT_FOUND));
      case ConfigChange.BelowSequence below ->
          Answers.problem(
              Problem.of(Code.BELOW_SEQUENCE, "the highest sequence is " + below.sequence()));
      case ConfigChange.AlreadyOpened _ -> Answers.problem(Problem.of(Code.ALREADY_OPENED));
      case ConfigChange.ShortensValidity _ -> Answers.problem(Problem.of(Code.SHORTENS_VALIDITY));
      case ConfigChange.Archived _ -> Answers.problem(Problem.of(Code.ARCHIVED));
      case ConfigChange.Closed _ -> Answers.problem(Problem.of(Code.CLOSED));
      case ConfigChange.RedisAway _ -> Answers.problem(Problem.of(Code.REDIS_DOWN));
      case ConfigChange.Rebuilding _ -> Answers.problem(Problem.of(Code.REBUILDING));
      case ConfigChange.Unknown _ ->
          Answers.problem(Problem.of(Code.OUTCOME_UNKNOWN, "read the campaign before a retry"));
    };
  }

  private Mono<ServerResponse> answer(ServerResponse.BodyBuilder builder, Campaign campaign) {
    return Answers.json(
        builder.header(HttpHeaders.ETAG, '"' + Long.toString(campaign.version()) + '"'),
        view(campaign));
  }

  private Map<String, Object> view(Campaign campaign) {
    return CampaignView.administered(campaign, campaigns.issued(campaign.id()), clock.instant());
  }
}
