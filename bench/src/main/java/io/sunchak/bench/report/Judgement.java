package io.sunchak.bench.report;

import tools.jackson.databind.JsonNode;

/**
 * What the judge said of a run or of a result. {@code NONE}: nothing was issued, as with ceilings.
 */
enum Judgement {
  OK,
  VIOLATED,
  NONE;

  /**
   * Violations count even where the word is missing: a wrong count must never pass as a right one.
   */
  static Judgement of(JsonNode node) {
    String word = Json.stringOr(node, "judge", "none");
    if (word.equals("violated") || !Json.strings(node, "violations").isEmpty()) {
      return VIOLATED;
    }
    return word.equals("ok") ? OK : NONE;
  }
}
