package io.sunchak.server.http.admin;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Paging;
import io.sunchak.server.http.Routes.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Reads the audit, the newest entry first. */
public final class AuditHandler implements Calls {
  private final AuditLedger audits;

  public AuditHandler(AuditLedger audits) {
    this.audits = audits;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.of(HttpMethod.GET, "/api/v1/admin/audit", this::page));
  }

  Mono<ServerResponse> page(ServerRequest request) {
    return Answers.blocking(() -> {
      CampaignId campaign = Paging.ofCampaign(request);
      Paging paging = Paging.of(request);
      List<AuditLedger.Entry> page = audits.page(campaign, paging.before(), paging.limit());
      String last = page.isEmpty() ? "" : Long.toString(page.getLast().id());
      return Answers.json(paging.answer(page.stream().map(AuditHandler::view).toList(), last));
    });
  }

  private static Map<String, Object> view(AuditLedger.Entry entry) {
    Map<String, Object> view = new LinkedHashMap<>();
    CampaignId campaign = entry.act().campaign();
    view.put("id", entry.id());
    view.put("at", entry.at().toString());
    view.put("actor", entry.act().actor());
    view.put("action", entry.act().action().name());
    if (campaign != null) {
      view.put("campaignId", campaign.value());
    }
    view.put("detail", entry.act().detail());
    return view;
  }
}
