package io.sunchak.server.http;

import io.sunchak.core.CampaignId;
import io.sunchak.server.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of an administrator's request. A field of a wrong type ends in MALFORMED at once;
 * values that are not allowed are collected and end in INVALID by {@link #refuseErrors}.
 */
public final class BodyFields {
  private final ObjectNode json;
  private final List<FieldError> errors = new ArrayList<>();

  public BodyFields(byte[] body, String... fields) {
    this.json = StrictJson.read(body, Set.of(fields));
  }

  /** Reads a line of text: not blank, without control characters. */
  public String line(String field, int most) {
    String text = optionalLine(field, most);
    if (text == null) {
      error(field, "is needed");
      return "";
    }
    return text;
  }

  public @Nullable String optionalLine(String field, int most) {
    String text = text(field);
    if (text != null && !VisibleText.is(text, most)) {
      error(field, VisibleText.rule(most));
    }
    return text;
  }

  public @Nullable CampaignId optionalCampaign(String field) {
    String text = text(field);
    if (text == null || CampaignId.isValid(text)) {
      return text == null ? null : new CampaignId(text);
    }
    error(field, "must match ^[a-z0-9][a-z0-9-]{0,63}$");
    return null;
  }

  /** Reads a number from 1 to {@code most}. */
  public int number(String field, int most) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      error(field, "is needed");
      return 1;
    }
    Long number = StrictJson.number(field, value, most);
    if (number == null) {
      error(field, "must be between 1 and " + most);
      return 1;
    }
    return number.intValue();
  }

  public boolean flag(String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      error(field, "is needed: true or false");
      return false;
    }
    if (!value.isBoolean()) {
      throw StrictJson.malformed(field + " must be true or false");
    }
    return value.booleanValue();
  }

  public void refuseErrors() {
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.invalid(errors));
    }
  }

  private @Nullable String text(String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw StrictJson.malformed(field + " must be a string");
    }
    return value.stringValue();
  }

  private void error(String field, String rule) {
    errors.add(new FieldError(field, rule));
  }
}
