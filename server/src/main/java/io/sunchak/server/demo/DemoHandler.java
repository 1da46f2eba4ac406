package io.sunchak.server.demo;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.core.ledger.AuditLedger.Act;
import io.sunchak.core.ledger.AuditLedger.Action;
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
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The calls of the demo. They are 404 on a server without a demo. */
public final class DemoHandler implements Calls {
  private static final int MOST_USERS = 100_000;

  private final DemoSite demo;
  private final Drops drops;
  private final AuditLedger audits;

  public DemoHandler(DemoSite demo, Drops drops, AuditLedger audits) {
    this.demo = demo;
    this.drops = drops;
    this.audits = audits;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, "/api/v1/demo", this::hasGuests),
        Route.of(HttpMethod.POST, "/api/v1/demo/user", this::guest),
        Route.of(HttpMethod.POST, "/api/v1/admin/drops", this::drop),
        Route.of(HttpMethod.GET, "/api/v1/admin/drops/latest", this::latest));
  }

  Mono<ServerResponse> hasGuests(ServerRequest request) {
    return demo.hasGuests() ? Answers.json(Map.of("demo", true)) : notHere();
  }

  Mono<ServerResponse> guest(ServerRequest request) {
    return Answers.noBody(request)
        .flatMap(none -> demo.guest().map(DemoHandler::answer).orElseGet(DemoHandler::notHere))
        .onErrorResume(Answers::problem);
  }

  private static Mono<ServerResponse> answer(DemoSite.Guest guest) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("userId", guest.user());
    view.put("token", guest.token());
    return Answers.json(view);
  }

  Mono<ServerResponse> drop(ServerRequest request) {
    if (!demo.isOn()) {
      return notHere();
    }
    return Answers.body(request)
        .flatMap(body -> Answers.blocking(() -> drop(request, body)))
        .onErrorResume(Answers::problem);
  }

  private Mono<ServerResponse> drop(ServerRequest request, byte[] body) {
    BodyFields fields = new BodyFields(body, "users", "stock");
    int users = fields.number("users", MOST_USERS);
    int stock = fields.number("stock", Integer.MAX_VALUE);
    fields.refuseErrors();
    try {
      Optional<CampaignId> started = drops.start(users, stock);
      if (started.isEmpty()) {
        return notHere();
      }
      CampaignId campaign = started.get();
      String actor = Access.caller(request.exchange()).user().value();
      String detail = users + " users, stock " + stock;
      audits.write(new Act(actor, Action.DROP_STARTED, campaign, detail));
      return Answers.json(ServerResponse.accepted(), Map.of("campaignId", campaign.value()));
    } catch (Drops.RunningException running) {
      return Answers.problem(Problem.of(Code.DROP_RUNNING));
    }
  }

  Mono<ServerResponse> latest(ServerRequest request) {
    return drops.latest().map(DemoHandler::answer).orElseGet(DemoHandler::notHere);
  }

  private static Mono<ServerResponse> answer(Drops.Drop drop) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("campaignId", drop.campaign().value());
    view.put("state", drop.state().name());
    if (drop.report() != null) {
      view.put("report", drop.report());
    }
    if (drop.error() != null) {
      view.put("error", drop.error());
    }
    return Answers.json(view);
  }

  private static Mono<ServerResponse> notHere() {
    return Answers.problem(Problem.of(Code.NOT_FOUND));
  }
}
