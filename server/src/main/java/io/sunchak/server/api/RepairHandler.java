package io.sunchak.server.api;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.RepairLedger;
import io.sunchak.core.ledger.RepairLedger.Entry;
import io.sunchak.core.ledger.RepairLedger.Repair;
import io.sunchak.core.ledger.RepairSummary;
import io.sunchak.server.api.Routes.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What aligns found and how they settled it: by campaign, and one campaign's entries. */
public final class RepairHandler implements Calls {
  private final RepairLedger repairs;
  private final PublicHandler views;

  public RepairHandler(RepairLedger repairs, PublicHandler views) {
    this.repairs = repairs;
    this.views = views;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, "/api/v1/admin/repairs", this::newest),
        Route.of(HttpMethod.GET, "/api/v1/admin/campaigns/{id}/repairs", this::page));
  }

  Mono<ServerResponse> newest(ServerRequest request) {
    return Answers.blocking(() -> {
      Paging paging = Paging.of(request);
      List<Repair> page = repairs.newest(paging.before(), paging.limit());
      String last = page.isEmpty() ? "" : Long.toString(page.getLast().last());
      return Answers.json(paging.answer(page.stream().map(RepairHandler::view).toList(), last));
    });
  }

  Mono<ServerResponse> page(ServerRequest request) {
    return Answers.blocking(() -> {
      CampaignId id = Answers.campaign(request);
      views.find(id);
      Paging paging = Paging.of(request);
      List<Entry> page = repairs.page(id, paging.before(), paging.limit());
      String last = page.isEmpty() ? "" : Long.toString(page.getLast().id());
      Map<String, Object> answer =
          paging.answer(page.stream().map(RepairHandler::view).toList(), last);
      answer.put("summary", repairs.newest(id).map(RepairHandler::view).orElse(null));
      return Answers.json(answer);
    });
  }

  private static Map<String, Object> view(Repair repair) {
    RepairSummary summary = repair.summary();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("campaignId", repair.campaign().value());
    view.put("epoch", repair.epoch());
    view.put("foundAt", repair.foundAt().toString());
    view.put(
        "missing",
        summary
            .missing()
            .map(missing -> Map.of("upTo", missing.upTo(), "after", missing.after()))
            .orElse(null));
    view.put("nodes", summary.nodes());
    view.put("counts", new TreeMap<>(summary.counts()));
    view.put("needsPerson", summary.needsPerson());
    return view;
  }

  /** Whom it concerns is a user, a node, or of a void number nobody. */
  static Map<String, Object> view(Entry entry) {
    Drift drift = entry.drift();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("epoch", entry.epoch());
    view.put("foundAt", entry.foundAt().toString());
    view.put("kind", drift.kind().name());
    if (drift.kind().isOfNode()) {
      view.put("node", drift.user());
    } else if (drift.kind().isOfUser()) {
      view.put("userId", drift.user());
    }
    view.put("claimed", drift.claimed());
    view.put("settled", drift.settled());
    return view;
  }
}
