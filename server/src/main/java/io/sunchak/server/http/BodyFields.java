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
 *
 * <p>No record that Jackson binds and Bean Validation checks: there an absent field is a null one,
 * while {@code totalStock: null} means unlimited and without it the stock stays as it is.
 */
public final class BodyFields {
  private final ObjectNode json;
  private final List<FieldError> errors = new ArrayList<>();

  public BodyFields(byte[] body, String... fields) {
    this(body, Set.of(fields));
  }

  public BodyFields(byte[] body, Set<String> fields) {
    this.json = StrictJson.read(body, fields);
  }

  /** As it stands there; null when the field is absent, which a JSON null is not. */
  public @Nullable JsonNode value(String field) {
    return json.get(field);
  }

  public boolean has(String field) {
    return json.has(field);
  }

  /** Refuses those that are read elsewhere but have no place here. */
  public void refuseAllBut(Set<String> fields) {
    StrictJson.refuseUnknown(json, fields);
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

  /** A number from 1 to {@code most}; null when it is none of them, or absent. */
  public @Nullable Long within(String field, long most) {
    JsonNode value = json.get(field);
    return value == null ? null : StrictJson.number(field, value, most);
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
    return string(field, value);
  }

  public static String string(String field, JsonNode value) {
    if (!value.isString()) {
      throw StrictJson.malformed(field + " must be a string");
    }
    return value.stringValue();
  }

  /** The fields of an object within the body. */
  public static JsonNode object(String field, JsonNode value, Set<String> fields) {
    if (!(value instanceof ObjectNode object)) {
      throw StrictJson.malformed(field + " must be an object");
    }
    StrictJson.refuseUnknown(object, fields);
    return object;
  }

  /** The elements of a list within the body. */
  public static Iterable<JsonNode> array(String field, JsonNode value) {
    if (!value.isArray()) {
      throw StrictJson.malformed(field + " must be a list");
    }
    return value;
  }

  /** One rule a field: the first that it broke. */
  public void error(String field, String rule) {
    if (errors.stream().noneMatch(e -> e.field().equals(field))) {
      errors.add(new FieldError(field, rule));
    }
  }
}
