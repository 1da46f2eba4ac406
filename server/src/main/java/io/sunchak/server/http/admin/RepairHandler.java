package io.sunchak.server.http.admin;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.RepairLedger;
import io.sunchak.core.ledger.RepairLedger.Entry;
import io.sunchak.core.ledger.RepairLedger.Repair;
import io.sunchak.server.campaigns.CampaignQueries;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Paging;
import io.sunchak.server.http.Routes.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Reads the repairs: one line per campaign or silent node, and the entries of one campaign. */
public final class RepairHandler implements Calls {
  private static final int SILENT_NODES = 10;

  private final RepairLedger repairs;
  private final CampaignQueries campaigns;

  public RepairHandler(RepairLedger repairs, CampaignQueries campaigns) {
    this.repairs = repairs;
    this.campaigns = campaigns;
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
      Optional<String> silent = request.queryParam("silent");
      List<Repair> page =
          silent
              .map(node -> repairs.withoutHandOverOf(node, paging.before(), paging.limit()))
              .orElseGet(() -> repairs.newest(paging.before(), paging.limit()));
      String last = page.isEmpty() ? "" : Long.toString(page.getLast().last());
      Map<String, Object> answer = paging.answer(page.stream().map(RepairView::of).toList(), last);
      answer.put("silent", repairs.silentNodes(SILENT_NODES).stream().map(RepairView::of).toList());
      return Answers.json(answer);
    });
  }

  Mono<ServerResponse> page(ServerRequest request) {
    return Answers.blocking(() -> {
      CampaignId id = Answers.campaign(request);
      campaigns.get(id);
      Paging paging = Paging.of(request);
      List<Entry> page = repairs.page(id, paging.before(), paging.limit());
      String last = page.isEmpty() ? "" : Long.toString(page.getLast().id());
      Map<String, Object> answer = paging.answer(page.stream().map(RepairView::of).toList(), last);
      answer.put("summary", repairs.newest(id).map(RepairView::of).orElse(null));
      return Answers.json(answer);
    });
  }
}
