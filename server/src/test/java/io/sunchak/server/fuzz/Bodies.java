package io.sunchak.server.fuzz;

import static io.sunchak.server.fuzz.FuzzRequest.utf8;

import io.sunchak.server.testing.OpenApi;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies from a schema of the OpenAPI file: such as it allows, and such with something changed. In
 * every text a character is a byte.
 */
final class Bodies implements RequestBodies {
  private static final int MOST_BYTES = 4_096;
  private static final List<String> NAMES =
      List.of("Coffee", utf8("쿠폰 나눔"), "x", "x".repeat(200), utf8("🎟 one"), "a \\\"b\\\"");
  private static final List<String> OPENS_AT =
      List.of("2000-01-01T00:00:00Z", "2020-01-01T09:00:00+09:00", "2089-12-31T23:59:59-11:00");
  private static final List<String> CLOSES_AT =
      List.of("2099-01-01T00:00:00Z", "2199-12-31T23:59:59.999Z", "2098-05-05T05:05:05.5+05:30");

  /** As strict as the file's words. */
  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final OpenApi file = OpenApi.get();
  private final String pointer;
  private final JsonNode schema;
  private final World world;
  private final Dice dice;

  /** Bodies of the operation whose schema is at this pointer into the file. */
  Bodies(String pointer, World world, Dice dice) {
    this.pointer = pointer;
    this.schema = file.follow(file.document().at(pointer));
    this.world = world;
    this.dice = dice;
  }

  @Override
  public String valid() {
    return written(fields());
  }

  /** Fields by name, in the order of the schema; those that depend on others are left out. */
  private List<Entry<String, String>> fields() {
    Set<String> required = new HashSet<>(texts(schema.path("required")));
    Set<String> apart = new HashSet<>();
    List<JsonNode> choices = schema.path("oneOf").valueStream().toList();
    if (!choices.isEmpty()) {
      JsonNode chosen = dice.any(choices);
      required.addAll(texts(chosen.path("required")));
      apart.addAll(chosen.path("properties").propertyNames());
    }
    for (Entry<String, JsonNode> one : schema.path("dependentRequired").properties()) {
      apart.add(one.getKey());
      apart.addAll(texts(one.getValue()));
    }
    List<Entry<String, String>> fields = new ArrayList<>();
    for (Entry<String, JsonNode> one : schema.path("properties").properties()) {
      boolean wanted = required.contains(one.getKey()) || dice.oneIn(2);
      if (wanted && !apart.contains(one.getKey())) {
        fields.add(Map.entry(one.getKey(), valid(one.getKey(), file.follow(one.getValue()))));
      }
    }
    return fields;
  }

  private static Set<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).collect(Collectors.toSet());
  }

  private String valid(String field, JsonNode of) {
    JsonNode type = of.path("type");
    Set<String> types = type.isArray() ? texts(type) : Set.of(type.asString());
    if (types.contains("null") && dice.oneIn(5)) {
      return "null";
    }
    if (types.contains("integer")) {
      long least = of.path("minimum").asLong(0);
      long most = of.path("maximum").asLong(Integer.MAX_VALUE);
      long number = dice.any(List.of(least, least + 1, Math.min(most, 100), most));
      return number + dice.any(List.of("", "", "", ".0"));
    }
    if (types.contains("boolean")) {
      return Boolean.toString(dice.oneIn(2));
    }
    return switch (field) {
      case "codes" -> quoted(dice.any(List.of("NONE", "GENERATED")));
      case "couponValidFrom" -> quoted(dice.any(OPENS_AT));
      case "couponValidUntil" -> "null";
      case "couponValidFor" -> quoted(dice.any(List.of("P14D", "P2W", "PT36H", "P1DT1H1M1S")));
      case "eligibility" -> "{\"claim\":\"tier\",\"in\":[\"gold\"]}";
      case "code" -> quoted(dice.any(List.of("x", "1ZK3TQ-8W0H5D-7M9XVC", "1".repeat(18))));
      case "orderId" -> quoted("order-" + dice.below(4));
      case "userId" -> quoted(world.user(dice));
      case "id" -> quoted(world.fresh(dice));
      case "campaignId" -> quoted(world.campaign(dice));
      case "name" -> quoted(dice.any(NAMES));
      case "opensAt" -> quoted(dice.any(OPENS_AT));
      case "closesAt" -> quoted(dice.any(CLOSES_AT));
      case "reason" -> quoted(dice.any(List.of("x", "poisoned", "x".repeat(500))));
      default -> throw new IllegalStateException("no value is known for the field " + field);
    };
  }

  private static String quoted(String inside) {
    return '"' + inside + '"';
  }

  private static String written(List<Entry<String, String>> fields) {
    return fields.stream()
        .map(field -> quoted(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** One with a field or the whole changed. */
  @Override
  public String changed() {
    List<Entry<String, String>> fields = fields();
    for (int changes = 1 + dice.below(2); changes > 0; changes--) {
      change(fields);
    }
    String body = written(fields);
    return dice.oneIn(3) ? reshaped(body) : body;
  }

  private void change(List<Entry<String, String>> fields) {
    if (fields.isEmpty()) {
      fields.add(Map.entry(dice.any(Oddities.FIELDS), dice.any(Oddities.JSON)));
      return;
    }
    int at = dice.below(fields.size());
    String name = fields.get(at).getKey();
    List<String> known = List.copyOf(schema.path("properties").propertyNames());
    switch (dice.below(7)) {
      case 0 -> fields.remove(at);
      case 1 -> fields.add(fields.get(at));
      case 2 -> fields.set(at, Map.entry(name, dice.any(Oddities.JSON)));
      case 3 -> fields.set(at, Map.entry(name, quoted(dice.any(Oddities.TEXTS))));
      case 4 -> fields.set(at, Map.entry(name, atBound(name)));
      case 5 -> fields.add(Map.entry(dice.any(Oddities.FIELDS), dice.any(Oddities.JSON)));
      default -> fields.add(Map.entry(dice.any(known), dice.any(Oddities.JSON)));
    }
  }

  /** A number at the field's bounds or just outside. */
  private String atBound(String field) {
    JsonNode of = file.follow(schema.path("properties").path(field));
    long least = of.path("minimum").asLong(1);
    long most = of.path("maximum").asLong(1_000_000);
    return Long.toString(dice.any(List.of(least - 1, least, most, most + 1, -most)));
  }

  private String reshaped(String body) {
    int at = dice.below(body.length());
    return switch (dice.below(13)) {
      case 0 -> body.substring(0, at);
      case 1 -> body + dice.any(List.of(" x", body, ",", "\0", "\n\n", "//"));
      case 2 -> "[" + body + "]";
      case 3 -> dice.any(Oddities.JSON);
      case 4 -> "\u00EF\u00BB\u00BF" + body;
      case 5 -> "\u00FE\u00FF\0" + String.join("\0", body.split(""));
      case 6 -> body.replace("{", "{/* */");
      case 7 -> body.replace('"', '\'');
      case 8 -> body + " ".repeat(dice.any(List.of(1, 4_000, 5_000, 9_000)));
      case 9 -> body.replace("}", ",}");
      case 10 -> "";
      case 11 -> "{" + " ".repeat(Math.max(0, MOST_BYTES - body.length())) + body.substring(1);
      default -> body.substring(0, at) + (char) dice.below(256) + body.substring(at + 1);
    };
  }

  /** Too long, no strict JSON, or against the schema. */
  @Override
  public boolean isForbidden(String body) {
    // The judge of schemas would unfold that number, which is beyond every bound of the file.
    if (body.length() > MOST_BYTES || body.contains("1e999999999")) {
      return true;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.ISO_8859_1));
      JsonNode read = STRICT.readTree(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
      return read.isMissingNode() || file.isForbidden(pointer, read);
    } catch (CharacterCodingException | JacksonException unreadable) {
      return true;
    }
  }
}
