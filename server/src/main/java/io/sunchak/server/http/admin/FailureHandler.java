package io.sunchak.server.http.admin;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.ledger.FailureLedger;
import io.sunchak.core.ledger.FailureLedger.Filter;
import io.sunchak.core.ledger.FailureLedger.Kept;
import io.sunchak.core.ledger.FailureLedger.Replays;
import io.sunchak.server.campaigns.Discards;
import io.sunchak.server.campaigns.HolderState;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.BodyFields;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Paging;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Routes.Route;
import io.sunchak.server.http.VisibleText;
import io.sunchak.server.security.Access;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Operators' calls on the failure queue: read, replay, discard. */
public final class FailureHandler implements Calls {
  private static final String PATH = "/api/v1/admin/failures";

  private static final int CHUNK = 500;
  private static final int LINE = 500;
  private static final int MOST_AT_ONCE = 10_000;
  private static final int SHOWN_REASON = 300;
  private static final Set<String> STATES = Set.of("OPEN", "DISCARDED", "VOID");

  private final FailureLedger failures;
  private final Discards discards;

  public FailureHandler(FailureLedger failures, Discards discards) {
    this.failures = failures;
    this.discards = discards;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, PATH, this::page),
        Route.of(HttpMethod.GET, PATH + ".csv", this::csv),
        Route.of(HttpMethod.POST, PATH + "/replay", this::replayAll),
        Route.of(HttpMethod.POST, PATH + "/{id}/replay", this::replay),
        Route.of(HttpMethod.POST, PATH + "/{id}/discard", this::discard));
  }

  Mono<ServerResponse> page(ServerRequest request) {
    return Answers.blocking(() -> {
      Filter filter = filter(request);
      Paging paging = Paging.of(request);
      List<Kept> page = failures.page(filter, paging.afterSequence(), paging.limit());
      String last = page.isEmpty() ? "" : Long.toString(page.getLast().order());
      return Answers.json(paging.answer(page.stream().map(FailureHandler::view).toList(), last));
    });
  }

  Mono<ServerResponse> csv(ServerRequest request) {
    return Answers.blocking(() -> {
      Filter filter = filter(request);
      return CsvAnswer.of(
          "failures.csv",
          Csv.FAILURE_HEADER,
          after -> failures.page(filter, after, CHUNK),
          Kept::order,
          Csv::failures);
    });
  }

  private static Filter filter(ServerRequest request) {
    String state = request.queryParam("state").orElse(null);
    if (state != null && !STATES.contains(state)) {
      throw Paging.invalid("state", "must be OPEN, DISCARDED or VOID");
    }
    String reason = request.queryParam("reason").orElse(null);
    if (reason != null && !VisibleText.is(reason, LINE)) {
      throw Paging.invalid("reason", VisibleText.rule(LINE));
    }
    return new Filter(Paging.ofCampaign(request), state, reason);
  }

  Mono<ServerResponse> replay(ServerRequest request) {
    return Answers.noBody(request)
        .flatMap(none ->
            Answers.blocking(() -> {
              FailureId id = FailureId.of(request);
              return replayed(id, failures.replay(id.campaign(), id.sequence(), actor(request)));
            }))
        .onErrorResume(Answers::problem);
  }

  private static Mono<ServerResponse> replayed(FailureId id, FailureLedger.Replay result) {
    return switch (result) {
      case FailureLedger.Issued issued -> replayed(id, "ISSUED", issued.user());
      case FailureLedger.AlreadyIssued before -> replayed(id, "ALREADY_ISSUED", before.user());
      case FailureLedger.Refused refused ->
          Answers.problem(Problem.of(Code.REPLAY_FAILED, cut(refused.reason())));
      case FailureLedger.Settled(Kept kept) when kept.failure().isVoid() -> nobodys();
      case FailureLedger.Settled _ -> Answers.problem(Problem.of(Code.DISCARDED));
      case FailureLedger.Absent _ -> Answers.problem(Problem.of(Code.NOT_FOUND));
    };
  }

  private static Mono<ServerResponse> replayed(FailureId id, String outcome, String user) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", id.toString());
    view.put("outcome", outcome);
    view.put("campaignId", id.campaign().value());
    view.put("sequence", id.sequence());
    view.put("userId", user);
    return Answers.json(view);
  }

  Mono<ServerResponse> replayAll(ServerRequest request) {
    return Answers.body(request)
        .flatMap(body -> Answers.blocking(() -> replayAll(body, actor(request))))
        .onErrorResume(Answers::problem);
  }

  private Mono<ServerResponse> replayAll(byte[] body, String actor) {
    BodyFields fields = new BodyFields(body, "campaignId", "reason", "limit", "dryRun");
    CampaignId campaign = fields.optionalCampaign("campaignId");
    Filter filter = new Filter(campaign, "OPEN", fields.optionalLine("reason", LINE));
    int limit = fields.number("limit", MOST_AT_ONCE);
    boolean dryRun = fields.flag("dryRun");
    fields.refuseErrors();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("matched", failures.count(filter));
    Replays done = dryRun ? new Replays(0, 0) : failures.replayAll(filter, limit, actor);
    view.put("issued", done.issued());
    view.put("failed", done.refused());
    view.put("dryRun", dryRun);
    return Answers.json(view);
  }

  Mono<ServerResponse> discard(ServerRequest request) {
    return Answers.body(request)
        .flatMap(body ->
            Answers.blocking(() -> {
              FailureId id = FailureId.of(request);
              BodyFields fields = new BodyFields(body, "reason");
              String reason = fields.line("reason", LINE);
              fields.refuseErrors();
              FailureLedger.Discard result =
                  failures.discard(id.campaign(), id.sequence(), reason, actor(request));
              if (result instanceof FailureLedger.Settled(Kept kept)
                  && HolderState.of(kept.failure()) == HolderState.DISCARDED) {
                discards.note(id.campaign(), id.sequence());
              }
              return discarded(result);
            }))
        .onErrorResume(Answers::problem);
  }

  private static Mono<ServerResponse> discarded(FailureLedger.Discard result) {
    return switch (result) {
      case FailureLedger.Settled(Kept kept) when kept.failure().isVoid() -> nobodys();
      case FailureLedger.Settled(Kept kept) -> Answers.json(view(kept));
      case FailureLedger.IssuedMeanwhile _ -> Answers.problem(Problem.of(Code.ALREADY_ISSUED));
      case FailureLedger.Absent _ -> Answers.problem(Problem.of(Code.NOT_FOUND));
    };
  }

  private static Mono<ServerResponse> nobodys() {
    return Answers.problem(Problem.of(Code.DISCARDED, "no holder of this number is known"));
  }

  private static String actor(ServerRequest request) {
    return Access.caller(request.exchange()).user().value();
  }

  private static Map<String, Object> view(Kept kept) {
    Failure failure = kept.failure();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", FailureId.of(failure).toString());
    view.put("campaignId", failure.campaign().value());
    view.put("sequence", failure.sequence());
    view.put("userId", failure.user());
    view.put("acceptedAt", failure.acceptedAt().toString());
    view.put("reason", failure.reason());
    view.put("state", failure.state());
    view.put("attempts", kept.attempts());
    view.put("firstAt", kept.firstAt().toString());
    view.put("lastAt", kept.lastAt().toString());
    return view;
  }

  private static String cut(String reason) {
    return reason.substring(0, Math.min(SHOWN_REASON, reason.length()));
  }
}
