package io.sunchak.lab.web;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A new campaign from {@code {"id","name","totalStock","opensAt","closesAt"}}. */
final class CampaignBody {
  private static final Set<String> FIELDS =
      Set.of("id", "name", "totalStock", "opensAt", "closesAt");
  private static final int NAME_LENGTH = 200;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CampaignBody() {}

  static Campaign read(String body) {
    ObjectNode json = object(body);
    String id = text(json, "id");
    if (!CampaignId.isValid(id)) {
      throw Problem.invalid("id", "must match ^[a-z0-9][a-z0-9-]{0,63}$");
    }
    String name = text(json, "name");
    if (name.isBlank() || name.length() > NAME_LENGTH || name.indexOf('\0') >= 0) {
      throw Problem.invalid("name", "must be 1 to 200 characters");
    }
    return new Campaign(
        new CampaignId(id), name, stock(json), window(json), CampaignState.ACTIVE, 1);
  }

  private static ObjectNode object(String body) {
    JsonNode read;
    try {
      read = JSON.readTree(body);
    } catch (JacksonException e) {
      throw Problem.of(Code.MALFORMED, e.getOriginalMessage());
    }
    if (!(read instanceof ObjectNode object)) {
      throw Problem.of(Code.MALFORMED, "a JSON object is needed");
    }
    for (String field : object.propertyNames()) {
      if (!FIELDS.contains(field)) {
        throw Problem.of(Code.MALFORMED, "unknown field '" + field + "'");
      }
    }
    return object;
  }

  private static Stock stock(ObjectNode json) {
    JsonNode value = json.get("totalStock");
    if (value == null) {
      throw Problem.invalid("totalStock", "is needed: a number, or null for unlimited");
    }
    if (value.isNull()) {
      return Stock.unlimited();
    }
    if (!value.isIntegralNumber()) {
      throw Problem.of(Code.MALFORMED, "totalStock must be a whole number or null");
    }
    if (!value.canConvertToLong() || value.longValue() < 1 || value.longValue() > Stock.MAX) {
      throw Problem.invalid("totalStock", "must be between 1 and " + Stock.MAX);
    }
    return Stock.of(value.longValue());
  }

  private static IssueWindow window(ObjectNode json) {
    Instant opens = instant(json, "opensAt");
    Instant closes = instant(json, "closesAt");
    if (!closes.isAfter(opens)) {
      throw Problem.invalid("closesAt", "must be after opensAt");
    }
    return new IssueWindow(opens, closes);
  }

  private static Instant instant(ObjectNode json, String field) {
    try {
      return OffsetDateTime.parse(text(json, field)).toInstant();
    } catch (DateTimeException e) {
      throw Problem.invalid(
          field, "must be an instant with a zone, such as 2026-12-24T12:00:00+09:00");
    }
  }

  private static String text(ObjectNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null) {
      throw Problem.invalid(field, "is needed");
    }
    if (!value.isString()) {
      throw Problem.of(Code.MALFORMED, field + " must be a string");
    }
    return value.stringValue();
  }
}
