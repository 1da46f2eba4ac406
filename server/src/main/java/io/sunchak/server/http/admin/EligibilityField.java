package io.sunchak.server.http.admin;

import io.sunchak.core.Eligibility;
import io.sunchak.server.http.BodyFields;
import io.sunchak.server.http.VisibleText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code {"claim": "tier", "in": ["gold"]}} in a campaign's JSON. */
final class EligibilityField {
  private static final String CLAIM = "eligibility.claim";
  private static final String IN = "eligibility.in";
  private static final int CLAIM_LENGTH = 128;
  private static final int VALUE_LENGTH = 64;
  private static final int VALUES = 32;

  private EligibilityField() {}

  /** Null if it is not allowed; {@code body} then has the error. */
  static @Nullable Eligibility read(JsonNode value, BodyFields body) {
    JsonNode fields = BodyFields.object("eligibility", value, Set.of("claim", "in"));
    String claim = claim(fields.get("claim"), body);
    List<String> in = in(fields.get("in"), body);
    return claim == null || in == null ? null : new Eligibility(claim, in);
  }

  private static @Nullable String claim(@Nullable JsonNode value, BodyFields body) {
    if (value == null) {
      body.error(CLAIM, "is needed");
      return null;
    }
    String claim = BodyFields.string(CLAIM, value);
    if (!VisibleText.is(claim, CLAIM_LENGTH)) {
      body.error(CLAIM, VisibleText.rule(CLAIM_LENGTH));
      return null;
    }
    return claim;
  }

  private static @Nullable List<String> in(@Nullable JsonNode value, BodyFields body) {
    if (value == null) {
      body.error(IN, "is needed");
      return null;
    }
    List<String> in = new ArrayList<>();
    for (JsonNode one : BodyFields.array(IN, value)) {
      in.add(BodyFields.string(IN, one));
    }
    if (in.isEmpty() || in.size() > VALUES || new HashSet<>(in).size() < in.size()) {
      body.error(IN, "must be 1 to %d different values".formatted(VALUES));
      return null;
    }
    if (!in.stream().allMatch(text -> VisibleText.is(text, VALUE_LENGTH))) {
      body.error(IN, "each value " + VisibleText.rule(VALUE_LENGTH));
      return null;
    }
    return in;
  }
}
