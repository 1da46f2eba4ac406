package io.sunchak.server.http.admin;

import io.sunchak.core.CampaignId;
import io.sunchak.core.reconcile.Reconciliation.Difference;
import io.sunchak.core.reconcile.Reconciliation.Report;
import io.sunchak.server.campaigns.CampaignQueries;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.BodyFields;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Routes.Route;
import io.sunchak.server.http.Verdict;
import io.sunchak.server.reconcile.Reconciler;
import io.sunchak.server.security.Access;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Operators' calls to reconcile Redis and the ledger. */
public final class ReconciliationHandler implements Calls {
  private static final String PATH = "/api/v1/admin/reconciliations";

  private final Reconciler reconciler;
  private final CampaignQueries campaigns;

  public ReconciliationHandler(Reconciler reconciler, CampaignQueries campaigns) {
    this.reconciler = reconciler;
    this.campaigns = campaigns;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.POST, PATH, this::start),
        Route.of(HttpMethod.GET, PATH + "/{runId}", this::read));
  }

  Mono<ServerResponse> start(ServerRequest request) {
    return Answers.body(request)
        .flatMap(body ->
            Answers.blocking(() -> {
              BodyFields fields = new BodyFields(body, "campaignId");
              CampaignId campaign = fields.optionalCampaign("campaignId");
              fields.refuseErrors();
              if (campaign != null) {
                campaigns.get(campaign);
              }
              String actor = Access.caller(request.exchange()).user().value();
              String run = reconciler.start(campaign, actor).id();
              return Answers.json(
                  ServerResponse.accepted().location(URI.create("reconciliations/" + run)),
                  Map.of("runId", run));
            }))
        .onErrorResume(Answers::problem);
  }

  Mono<ServerResponse> read(ServerRequest request) {
    return reconciler
        .find(request.pathVariable("runId"))
        .map(run -> Answers.json(view(run)))
        .orElseGet(() -> Answers.problem(Problem.of(Code.NOT_FOUND)));
  }

  private static Map<String, Object> view(Reconciler.Run run) {
    Map<String, Object> view = new LinkedHashMap<>();
    Instant finished = run.finishedAt();
    view.put("runId", run.id());
    view.put("state", run.state().name());
    view.put("startedAt", run.startedAt().toString());
    if (finished != null) {
      view.put("finishedAt", finished.toString());
    }
    view.put("campaigns", run.reports().stream().map(ReconciliationHandler::view).toList());
    return view;
  }

  private static Map<String, Object> view(Report report) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("campaignId", report.campaign().value());
    view.put("epoch", report.epoch());
    view.put("redisIssued", report.issued());
    view.put("redisSequence", report.sequence());
    view.put("ledgerRows", report.census().rows());
    view.put("ledgerFailures", report.census().failures());
    view.put("ledgerCursor", report.census().cursor());
    view.put("gaps", report.census().gaps());
    view.put("duplicates", report.census().duplicates());
    view.put("drift", report.shown().stream().map(ReconciliationHandler::view).toList());
    view.put("driftCount", report.differences());
    view.put("verdict", Verdict.of(report.conclusion()));
    return view;
  }

  private static Map<String, Object> view(Difference difference) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("kind", difference.kind().name());
    view.put("userId", difference.user());
    if (difference.redisSequence() != null) {
      view.put("redisSequence", difference.redisSequence());
    }
    if (difference.ledgerSequence() != null) {
      view.put("ledgerSequence", difference.ledgerSequence());
    }
    return view;
  }
}
