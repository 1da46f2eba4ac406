package io.sunchak.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads fields leniently: a missing field, or one of another type, is null and is not shown. */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static @Nullable Double number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() && Double.isFinite(value.asDouble()) ? value.asDouble() : null;
  }

  static @Nullable Long whole(JsonNode node, String field) {
    Double value = number(node, field);
    return value == null ? null : Math.round(value);
  }

  static @Nullable String string(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() || value.isNumber() ? value.asString() : null;
  }

  static String stringOr(JsonNode node, String field, String otherwise) {
    String value = string(node, field);
    return value == null || value.isBlank() ? otherwise : value;
  }

  static List<String> strings(JsonNode node, String field) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : node.path(field)) {
      if (value.isString()) {
        values.add(value.asString());
      }
    }
    return List.copyOf(values);
  }

  static Map<String, Double> numbers(JsonNode node) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String field : node.propertyNames()) {
      Double value = number(node, field);
      if (value != null) {
        values.put(field, value);
      }
    }
    return values;
  }

  /**
   * For a {@code <script type="application/json">}: no byte of it can end the element or start
   * another.
   */
  static String inScript(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
