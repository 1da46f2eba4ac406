package io.sunchak.simulator.play;

import io.sunchak.simulator.node.Parts;
import java.util.List;

/**
 * A planted bug, and how the simulator notices it.
 *
 * @param name of the bug, in the failure matrix' words
 * @param bug two at once where the rule that one breaks is covered for by the rule that the other
 *     breaks
 * @param noticed by random seeds or by a directed schedule
 * @param evidence a part of what is found, by which it is known that this bug was noticed
 * @param covered bugs of these that alone never show that evidence
 */
record Case(String name, Parts bug, Noticed noticed, String evidence, List<Parts> covered) {
  private static final int DIRECTED_RUNS = 10;

  /** In which runs a bug is noticed. */
  sealed interface Noticed {
    /** In one of the seeds from 1 on. */
    record Seeds(int most) implements Noticed {}

    /** In one of ten runs of a schedule. */
    record Directed(Schedule schedule) implements Noticed {}
  }

  /** One that breaks something by itself. */
  static Case alone(String name, Parts bug, Noticed noticed, String evidence) {
    return new Case(name, bug, noticed, evidence, List.of());
  }

  int runs() {
    return switch (noticed) {
      case Noticed.Seeds seeds -> seeds.most();
      case Noticed.Directed _ -> DIRECTED_RUNS;
    };
  }

  /** What comes of one of its runs with these parts. */
  Report play(long seed, Parts parts) {
    return switch (noticed) {
      case Noticed.Seeds _ -> new Run(Plan.of(seed), false, parts).play();
      case Noticed.Directed(Schedule schedule) ->
          new Run(Schedule.size(seed), schedule, false, parts).play();
    };
  }

  /** Whether that is what the bug does. */
  boolean isShownBy(Report report) {
    return report.found().stream().anyMatch(one -> one.contains(evidence));
  }

  /** Its row in the documents. */
  String row() {
    String by =
        switch (noticed) {
          case Noticed.Seeds(int most) -> most + " seeds";
          case Noticed.Directed(Schedule schedule) -> "`" + schedule + "`";
        };
    return "| %s | `%s` | %s | %s |%n".formatted(name, bug, by, evidence).replace(" and ", "` + `");
  }

  @Override
  public String toString() {
    return name;
  }
}
