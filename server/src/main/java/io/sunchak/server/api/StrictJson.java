package io.sunchak.server.api;

import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a request's JSON object: no duplicate or unknown field, nothing behind it, no depth, no
 * long string.
 */
final class StrictJson {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(10)
                          .maxStringLength(256)
                          .maxNumberLength(32)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  static ObjectNode read(byte[] body, Set<String> fields) {
    JsonNode read;
    try {
      read = JSON.readTree(body);
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage());
    }
    if (!(read instanceof ObjectNode object)) {
      throw malformed("a JSON object is needed");
    }
    for (String field : object.propertyNames()) {
      if (!fields.contains(field)) {
        throw malformed("unknown field '" + field + "'");
      }
    }
    return object;
  }

  static ProblemException malformed(String detail) {
    return new ProblemException(Problem.of(Code.MALFORMED, detail));
  }
}
