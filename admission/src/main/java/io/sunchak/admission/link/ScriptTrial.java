package io.sunchak.admission.link;

import io.lettuce.core.ScriptOutputType;
import io.sunchak.admission.script.CampaignKeys;
import io.sunchak.admission.script.RedisScript;
import io.sunchak.core.log.LogException;
import java.util.List;
import java.util.Optional;

/**
 * Runs every script, with every write it can make, on a campaign that nobody can name: a right that
 * is missing shows before the first user comes. Thread-safe, blocking.
 */
final class ScriptTrial {
  private static final String CLOSES = "9999999999999";

  /** A script, the end of what it must answer, and what it is called with. */
  private record Step(RedisScript script, String answer, List<String> args) {
    Step(RedisScript script, String answer, String... args) {
      this(script, answer, List.of(args));
    }
  }

  /** A campaign of two coupons and one holder; the new user gets the second one, and is drained. */
  private static final List<Step> STEPS =
      List.of(
          new Step(RedisScript.FENCE, "FENCED", "guard", "1"),
          new Step(RedisScript.CLEAR, "CLEARED", "1"),
          new Step(RedisScript.LOAD, "LOADED", "1", "held", "1"),
          new Step(RedisScript.OPEN, "OPENED", "1", "1", "1", "2", "OPEN", "0", CLOSES, ""),
          new Step(RedisScript.RESERVE, " 1 +", "guard", "1", "held", "1", "9", "", "new"),
          new Step(
              RedisScript.CONFIGURE,
              "APPLIED 3 0",
              "guard",
              "1",
              "2",
              "3",
              "OPEN",
              "0",
              CLOSES,
              ""),
          new Step(RedisScript.DRAIN_READ, "[OK, 0]", "guard", "1", "2", "new", "1"),
          new Step(
              RedisScript.CONFIGURE, "APPLIED 3 0", "guard", "1", "3", "3", "CLOSED", "0", "1", ""),
          new Step(RedisScript.ARCHIVE, "ARCHIVED", "guard", "1", "3", "2"));

  private final Link link;

  ScriptTrial(Link link) {
    this.link = link;
  }

  /**
   * The first answer that is not the expected one; empty when all are.
   *
   * @throws LogException when Redis refuses a script, or cannot be asked
   */
  Optional<String> unexpected() {
    String[] keys = CampaignKeys.scratch().all();
    try {
      for (Step step : STEPS) {
        String said = said(step, keys);
        if (!said.endsWith(step.answer())) {
          return Optional.of(step.script() + " answered '" + said + "' on a scratch campaign");
        }
      }
      return Optional.empty();
    } finally {
      link.await(link.commands().unlink(keys));
    }
  }

  /** {@code MULTI} gives the answer as a list, whatever it is. */
  private String said(Step step, String[] keys) {
    String[] args = step.args().toArray(String[]::new);
    List<Object> answer =
        link.await(
            step.script().<List<Object>>call(link.commands(), ScriptOutputType.MULTI, keys, args));
    return answer.size() == 1 ? answer.getFirst().toString() : answer.toString();
  }
}
