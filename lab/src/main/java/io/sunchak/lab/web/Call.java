package io.sunchak.lab.web;

import io.sunchak.core.CampaignId;
import io.sunchak.core.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request, once a stack has read it.
 *
 * @param user the header X-User-Id, unchecked
 * @param variables of the path
 */
public record Call(
    String method,
    String path,
    Map<String, String> query,
    @Nullable String user,
    String body,
    Map<String, String> variables) {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1_000;

  static Call of(
      String method, String path, Map<String, String> query, @Nullable String user, byte[] body) {
    return new Call(method, path, query, user, new String(body, StandardCharsets.UTF_8), Map.of());
  }

  Call matched(Map<String, String> found) {
    return new Call(method, path, query, user, body, found);
  }

  String id() {
    return variables.getOrDefault("id", "");
  }

  CampaignId campaign() {
    if (!CampaignId.isValid(id())) {
      throw Problem.of(Code.CAMPAIGN_NOT_FOUND);
    }
    return new CampaignId(id());
  }

  UserId caller() {
    if (user == null) {
      throw Problem.of(Code.UNAUTHENTICATED);
    }
    if (!UserId.isValid(user)) {
      throw Problem.invalid("X-User-Id", "must match ^[!-~]{1,128}$");
    }
    return new UserId(user);
  }

  void refuseBody() {
    if (!body.isEmpty()) {
      throw Problem.of(Code.MALFORMED, "this call takes no body");
    }
  }

  int limit() {
    long limit = number("limit", DEFAULT_LIMIT);
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "must be between 1 and " + MOST);
    }
    return (int) limit;
  }

  long afterSequence() {
    return number("cursor", 0);
  }

  @Nullable CampaignId afterCampaign() {
    String cursor = query.get("cursor");
    if (cursor != null && !CampaignId.isValid(cursor)) {
      throw Problem.invalid("cursor", "must be the `next` of an earlier page");
    }
    return cursor == null ? null : new CampaignId(cursor);
  }

  private long number(String name, long otherwise) {
    String text = query.get(name);
    try {
      return text == null ? otherwise : Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      throw Problem.invalid(name, "must be a whole number");
    }
  }
}
