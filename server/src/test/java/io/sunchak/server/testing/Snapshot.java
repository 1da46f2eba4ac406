package io.sunchak.server.testing;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a campaign and its ledger say at a moment, without the moment: to be compared. */
public record Snapshot(JsonNode campaign, JsonNode ledger, JsonNode allCampaigns) {

  public static Snapshot of(Api api, String campaign) {
    ObjectNode view = (ObjectNode) api.campaign(campaign);
    view.remove("serverTime");
    JsonNode rows = api.admin(Call.get(Api.ADMIN + "/" + campaign + "/issues")).is(200).json();
    JsonNode all = api.admin(Call.get(Api.ADMIN + "?limit=1000")).is(200).json().path("items");
    all.forEach(one -> ((ObjectNode) one).retain("id", "version", "name"));
    return new Snapshot(view, rows, all);
  }
}
