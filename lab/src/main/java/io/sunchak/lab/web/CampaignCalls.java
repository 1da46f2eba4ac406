package io.sunchak.lab.web;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.lab.async.Stages;
import io.sunchak.lab.node.LabNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Campaigns: create, read, list, pause, resume, close. */
record CampaignCalls(LabNode node) {
  CompletionStage<Answer> create(Call call) {
    Campaign campaign = CampaignBody.read(call.body());
    return node.admin()
        .create(campaign)
        .thenApply(made -> {
          if (!made) {
            throw Problem.of(Code.CAMPAIGN_EXISTS);
          }
          return Answer.json(201, view(campaign, 0))
              .with("Location", "/api/v1/admin/campaigns/" + campaign.id());
        });
  }

  CompletionStage<Answer> read(Call call) {
    return find(call.campaign()).thenCompose(this::shown);
  }

  CompletionStage<Answer> list(Call call) {
    return node.ledger()
        .campaigns(call.afterCampaign(), call.limit())
        .thenCompose(page ->
            Stages.of(
                Flux.fromIterable(page)
                    .concatMap(campaign ->
                        node.holders().count(campaign.id()).map(count -> view(campaign, count)))
                    .collectList()
                    .map(items -> page(items, page, call.limit()))));
  }

  private static Answer page(List<Map<String, Object>> items, List<Campaign> page, int limit) {
    String last = page.size() < limit ? null : page.getLast().id().value();
    return Answer.json(200, paged(items, last));
  }

  static Map<String, Object> paged(List<?> items, @Nullable String next) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", new ArrayList<>(items));
    answer.put("next", next);
    return answer;
  }

  /** Pauses, resumes, closes. */
  CompletionStage<Answer> become(Call call, CampaignState state) {
    return find(call.campaign())
        .thenCompose(campaign -> {
          if (campaign.state() == state) {
            return CompletableFuture.completedFuture(Optional.of(campaign));
          }
          if (campaign.state() == CampaignState.CLOSED) {
            throw Problem.of(Code.CLOSED);
          }
          return node.admin().change(campaign.withState(state));
        })
        .thenCompose(
            changed -> shown(changed.orElseThrow(() -> Problem.of(Code.CAMPAIGN_NOT_FOUND))));
  }

  private CompletionStage<Campaign> find(CampaignId id) {
    return node.ledger()
        .find(id)
        .thenApply(found -> found.orElseThrow(() -> Problem.of(Code.CAMPAIGN_NOT_FOUND)));
  }

  private CompletionStage<Answer> shown(Campaign campaign) {
    return Stages.of(
        node.holders()
            .count(campaign.id())
            .map(issued -> Answer.json(200, view(campaign, issued))));
  }

  private static Map<String, Object> view(Campaign campaign, long issued) {
    Map<String, Object> view = new LinkedHashMap<>();
    Long total = campaign.stock().total();
    view.put("id", campaign.id().value());
    view.put("name", campaign.name());
    view.put("state", state(campaign, issued, Instant.now()));
    view.put("totalStock", total);
    view.put("remaining", total == null ? null : Math.max(0, total - issued));
    view.put("issued", issued);
    view.put("opensAt", campaign.window().opensAt().toString());
    view.put("closesAt", campaign.window().closesAt().toString());
    return view;
  }

  private static String state(Campaign campaign, long issued, Instant now) {
    if (campaign.state() != CampaignState.ACTIVE) {
      return campaign.state().name();
    }
    if (!now.isBefore(campaign.window().closesAt())) {
      return "CLOSED";
    }
    if (now.isBefore(campaign.window().opensAt())) {
      return "SCHEDULED";
    }
    return campaign.stock().covers(issued + 1) ? "OPEN" : "SOLD_OUT";
  }
}
