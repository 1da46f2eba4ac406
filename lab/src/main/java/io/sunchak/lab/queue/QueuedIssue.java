package io.sunchak.lab.queue;

import io.sunchak.core.CampaignId;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One entry of the waiting queue: {@code {"campaignId","userId","sequence","acceptedAt"}}, the time
 * in milliseconds.
 */
public record QueuedIssue(CampaignId campaign, String user, long sequence, Instant acceptedAt) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** An entry that is not an issue. */
  public static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  /**
   * Reads an entry.
   *
   * @throws UnreadableException when it is not one
   */
  public static QueuedIssue parse(String entry) {
    try {
      JsonNode json = JSON.readTree(entry);
      String campaign = json.path("campaignId").asString("");
      String user = json.path("userId").asString("");
      long sequence = json.path("sequence").asLong(0);
      if (!CampaignId.isValid(campaign) || user.isEmpty() || sequence < 1) {
        throw new UnreadableException("not an issue: " + entry);
      }
      Instant acceptedAt = Instant.ofEpochMilli(json.path("acceptedAt").asLong(0));
      return new QueuedIssue(new CampaignId(campaign), user, sequence, acceptedAt);
    } catch (JacksonException notJson) {
      throw new UnreadableException("not JSON: " + entry);
    }
  }

  public String json() {
    return JSON.createObjectNode()
        .put("campaignId", campaign.value())
        .put("userId", user)
        .put("sequence", sequence)
        .put("acceptedAt", acceptedAt.toEpochMilli())
        .toString();
  }
}
