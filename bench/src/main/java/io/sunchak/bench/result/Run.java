package io.sunchak.bench.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sunchak.judge.Verdict;
import io.sunchak.judge.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run, as its file keeps it.
 *
 * @param variant which part of the experiment, such as {@code 50%} or {@code 2 nodes}
 * @param accepted users who were told yes for the first time
 * @param repeated answers that told a user again
 * @param refused by code
 * @param latencyMs of {@code accepted} and of {@code refused}, by percentile
 * @param judge {@code ok}, {@code violated}, or {@code none} where nothing is issued
 */
public record Run(
    String target,
    String experiment,
    @Nullable String variant,
    int run,
    @JsonUnwrapped Circumstances circumstances,
    long accepted,
    long repeated,
    Map<String, Long> refused,
    long unknown,
    @JsonUnwrapped Figures figures,
    Map<String, Map<String, Double>> latencyMs,
    List<Point> series,
    String judge,
    List<String> violations) {

  /**
   * Under which a run was made.
   *
   * @param configuration what differs from target to target, and what does not
   */
  public record Circumstances(
      String commit,
      String startedAt,
      Machine machine,
      Map<String, String> configuration,
      long seed,
      double warmupSeconds,
      double measuredSeconds,
      int connections) {}

  /** How far things were at a time, in seconds from the first request; null where unknown. */
  public record Point(
      double t,
      long accepted,
      long refused,
      @Nullable Long remaining,
      @Nullable Long stored,
      @Nullable Long backlog) {}

  /** The same with the judge's word. With a violation no speed is shown. */
  public Run judged(Verdict verdict) {
    return new Run(
        target,
        experiment,
        variant,
        run,
        circumstances,
        accepted,
        repeated,
        refused,
        unknown,
        verdict.isClean() ? figures : figures.withoutSpeeds(),
        verdict.isClean() ? latencyMs : Map.of(),
        series,
        verdict.isClean() ? "ok" : "violated",
        verdict.violations().stream().map(Violation::toString).toList());
  }
}
