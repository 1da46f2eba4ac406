package io.sunchak.server.http;

import io.sunchak.core.CampaignId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * {@code ?limit=} 1 to 1,000 (100) and {@code &cursor=}: the last item's key. Spring's own paging
 * belongs to Spring Data, which is not on the class path.
 */
public record Paging(int limit, @Nullable String cursor) {
  private static final int DEFAULT = 100;
  private static final int MOST = 1_000;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  public static Paging of(ServerRequest request) {
    int limit = request.queryParam("limit").map(Paging::limit).orElse(DEFAULT);
    return new Paging(limit, request.queryParam("cursor").orElse(null));
  }

  /** {@code ?campaign=}: null for all. */
  public static @Nullable CampaignId ofCampaign(ServerRequest request) {
    String campaign = request.queryParam("campaign").orElse(null);
    if (campaign != null && !CampaignId.isValid(campaign)) {
      throw invalid("campaign", "must match ^[a-z0-9][a-z0-9-]{0,63}$");
    }
    return campaign == null ? null : new CampaignId(campaign);
  }

  private static int limit(String text) {
    long limit = number("limit", text);
    if (limit < 1 || limit > MOST) {
      throw invalid("limit", "must be between 1 and " + MOST);
    }
    return (int) limit;
  }

  public @Nullable CampaignId afterCampaign() {
    if (cursor == null) {
      return null;
    }
    if (!CampaignId.isValid(cursor)) {
      throw invalid("cursor", "must be the `next` of an earlier page");
    }
    return new CampaignId(cursor);
  }

  public long afterSequence() {
    return cursor == null ? 0 : number("cursor", cursor);
  }

  /** The cursor of lists that begin with the newest. */
  public long before() {
    return cursor == null ? Long.MAX_VALUE : number("cursor", cursor);
  }

  /** A page; {@code next} is null if it is the last. */
  public Map<String, Object> answer(List<?> items, String lastKey) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("items", items);
    page.put("next", items.size() < limit ? null : lastKey);
    return page;
  }

  private static long number(String field, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw invalid(field, "must be a whole number");
    }
    return Long.parseLong(text);
  }

  public static ProblemException invalid(String field, String rule) {
    return new ProblemException(Problem.invalid(List.of(new Problem.FieldError(field, rule))));
  }
}
