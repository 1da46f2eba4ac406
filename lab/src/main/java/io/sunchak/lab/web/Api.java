package io.sunchak.lab.web;

import io.sunchak.core.CampaignState;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.node.LabNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The table of calls. Both stacks hand every request here; every error becomes a problem. */
public final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  static final int MAX_BODY = 4_096;
  private static final String PUBLIC = "/api/v1/campaigns";
  private static final String ADMIN = "/api/v1/admin/campaigns";
  private static final String FAILURES = "/api/v1/admin/failures";

  private final List<Route> routes = new ArrayList<>();

  private record Route(
      String method, PathPattern path, Function<Call, CompletionStage<Answer>> work) {}

  public Api(LabNode node) {
    IssueCalls issues = new IssueCalls(node);
    CampaignCalls campaigns = new CampaignCalls(node);
    LedgerCalls ledger = new LedgerCalls(node);
    FailureCalls failures = new FailureCalls(node);
    route("POST", PUBLIC + "/{id}/issues", issues::issue);
    route("GET", PUBLIC + "/{id}/issues/me", issues::mine);
    route("GET", PUBLIC + "/{id}", campaigns::read);
    route("GET", PUBLIC, campaigns::list);
    route("POST", ADMIN, campaigns::create);
    route("GET", ADMIN, campaigns::list);
    route("GET", ADMIN + "/{id}", campaigns::read);
    route("POST", ADMIN + "/{id}/pause", call -> campaigns.become(call, CampaignState.PAUSED));
    route("POST", ADMIN + "/{id}/resume", call -> campaigns.become(call, CampaignState.ACTIVE));
    route("POST", ADMIN + "/{id}/close", call -> campaigns.become(call, CampaignState.CLOSED));
    route("GET", ADMIN + "/{id}/issues", ledger::page);
    route("GET", ADMIN + "/{id}/issues.csv", ledger::csv);
    route("GET", FAILURES, failures::list);
    route("POST", FAILURES + "/{id}/replay", failures::replay);
  }

  private void route(String method, String path, Function<Call, CompletionStage<Answer>> work) {
    routes.add(new Route(method, PathPatternParser.defaultInstance.parse(path), work));
  }

  /** Completes always with an answer. */
  public CompletionStage<Answer> answer(Call call) {
    try {
      return dispatch(call).exceptionally(Api::problem);
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(problem(e));
    }
  }

  private CompletionStage<Answer> dispatch(Call call) {
    PathContainer path = PathContainer.parsePath(call.path());
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      PathPattern.PathMatchInfo match = route.path().matchAndExtract(path);
      if (match != null && route.method().equals(call.method())) {
        return route.work().apply(call.matched(match.getUriVariables()));
      }
      if (match != null) {
        allowed.add(route.method());
      }
    }
    return CompletableFuture.completedFuture(
        allowed.isEmpty()
            ? Problem.of(Code.NOT_FOUND).answer()
            : Problem.of(Code.METHOD_NOT_ALLOWED)
                .answer()
                .with("Allow", String.join(", ", allowed)));
  }

  private static Answer problem(Throwable failure) {
    return switch (Stages.cause(failure)) {
      case Problem known -> known.answer();
      case LedgerException away -> Problem.of(Code.LEDGER_DOWN).answer();
      case DataAccessException away -> Problem.of(Code.REDIS_DOWN).answer();
      case Throwable defect -> {
        LOG.error("a defect", defect);
        yield Problem.of(Code.INTERNAL).answer();
      }
    };
  }

  /** For a body of more than {@link #MAX_BODY}. */
  static Answer tooLarge() {
    return Problem.of(Code.TOO_LARGE, "at most 4 KB").answer();
  }
}
