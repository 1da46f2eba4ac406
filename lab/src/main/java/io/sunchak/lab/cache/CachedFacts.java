package io.sunchak.lab.cache;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The format of facts in Redis: a hash with the campaign as JSON, its version, and the issued
 * number.
 */
final class CachedFacts {
  static final String ISSUED = "issued";

  /** Read together, in one command. */
  static final List<String> FIELDS = List.of("campaign", ISSUED);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CachedFacts() {}

  /** From the values of {@link #FIELDS}; empty when it is not cached. */
  static Optional<CampaignFacts> read(List<? extends @Nullable Object> values) {
    Object campaign = values.get(0);
    Object issued = values.get(1);
    return campaign == null
        ? Optional.empty()
        : Optional.of(
            new CampaignFacts(
                campaign(campaign.toString()),
                issued == null ? 0 : Long.parseLong(issued.toString())));
  }

  private static Campaign campaign(String text) {
    JsonNode json = JSON.readTree(text);
    JsonNode total = json.path("totalStock");
    return new Campaign(
        new CampaignId(json.path("id").asString()),
        json.path("name").asString(),
        total.isNull() ? Stock.unlimited() : Stock.of(total.asLong()),
        new IssueWindow(
            Instant.parse(json.path("opensAt").asString()),
            Instant.parse(json.path("closesAt").asString())),
        CampaignState.valueOf(json.path("state").asString()),
        json.path("version").asLong());
  }

  static String write(Campaign campaign) {
    return JSON.createObjectNode()
        .put("id", campaign.id().value())
        .put("name", campaign.name())
        .put("totalStock", campaign.stock().total())
        .put("opensAt", campaign.window().opensAt().toString())
        .put("closesAt", campaign.window().closesAt().toString())
        .put("state", campaign.state().name())
        .put("version", campaign.version())
        .toString();
  }
}
