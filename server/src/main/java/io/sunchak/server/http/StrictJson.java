package io.sunchak.server.http;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses a request's JSON object: UTF-8 without a byte-order mark, no duplicate or unknown field,
 * nothing behind it, bounded depth and lengths.
 *
 * <p>Spring's decoder leaves the encoding to Jackson, which takes UTF-16 and UTF-32 too.
 */
final class StrictJson {
  private static final int LONGEST_ECHO = 200;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(10)
                          .maxStringLength(512)
                          .maxNumberLength(32)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private StrictJson() {}

  static ObjectNode read(byte[] body, Set<String> fields) {
    JsonNode read;
    try {
      read = JSON.readTree(text(body));
    } catch (StreamConstraintsException e) {
      throw malformed("too deep, or with too long a string, name or number");
    } catch (StreamReadException e) {
      throw malformed(cut(e.getOriginalMessage()));
    } catch (JacksonException e) {
      throw malformed("there is something behind the JSON object");
    }
    if (!(read instanceof ObjectNode object)) {
      throw malformed("a JSON object is needed");
    }
    refuseUnknown(object, fields);
    return object;
  }

  /** The value of a JSON string with nothing behind it; null for anything else. */
  static @Nullable String string(String text) {
    try {
      JsonNode read = JSON.readTree(text);
      return read.isString() ? read.stringValue() : null;
    } catch (JacksonException none) {
      return null;
    }
  }

  static void refuseUnknown(ObjectNode object, Set<String> fields) {
    for (String field : object.propertyNames()) {
      if (!fields.contains(field)) {
        throw malformed("unknown field '" + cut(field) + "'");
      }
    }
  }

  /** Decoded here, because Jackson detects and accepts UTF-16 and UTF-32 too. */
  static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("not UTF-8");
    }
  }

  /**
   * Reads a whole number in any JSON notation: {@code 600.0} and {@code 6e2} are 600. Null if it is
   * not between 1 and {@code most}.
   */
  static @Nullable Long number(String field, JsonNode value, long most) {
    if (!value.isNumber() || value.decimalValue().stripTrailingZeros().scale() > 0) {
      throw malformed(field + " must be a whole number");
    }
    // Compared before the conversion, because 1e999999999 as an integer takes a gigabyte.
    BigDecimal number = value.decimalValue();
    boolean within =
        number.compareTo(BigDecimal.ONE) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    return within ? number.longValueExact() : null;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO) + "…";
  }

  static ProblemException malformed(String detail) {
    return new ProblemException(Problem.of(Code.MALFORMED, detail));
  }
}
