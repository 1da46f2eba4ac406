package io.sunchak.server.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a campaign and its ledger say once the drain has stored all that was accepted, without the
 * moment: to be compared.
 */
public record Snapshot(JsonNode campaign, JsonNode ledger, JsonNode allCampaigns) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  public static Snapshot of(Api api, String campaign) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> now(api, campaign),
            seen -> seen.ledger.path("items").size() == seen.campaign.path("issued").asLong());
  }

  private static Snapshot now(Api api, String campaign) {
    ObjectNode view = (ObjectNode) api.campaign(campaign);
    view.remove("serverTime");
    JsonNode rows =
        api.admin(Call.get(Api.ADMIN + "/" + campaign + "/issues?limit=1000")).is(200).json();
    JsonNode all = api.admin(Call.get(Api.ADMIN + "?limit=1000")).is(200).json().path("items");
    all.forEach(one -> ((ObjectNode) one).retain("id", "version", "name"));
    return new Snapshot(view, rows, all);
  }
}
