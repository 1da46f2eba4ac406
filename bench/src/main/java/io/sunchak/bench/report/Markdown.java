package io.sunchak.bench.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a README's tables write: in its language, each number a link to its raw run.
 *
 * @param folder the results, as seen from the README
 */
record Markdown(Findings findings, boolean korean, String folder) {

  String in(Text text) {
    return korean ? text.ko() : text.en();
  }

  /**
   * A table with an empty line after it; empty without rows.
   *
   * @param rule such as {@code |---|--:|}
   */
  String table(String rule, List<Text> titles, List<String> rows) {
    String head = row(titles.stream().map(this::in).toArray(String[]::new));
    return rows.isEmpty() ? "" : head + rule + "\n" + String.join("", rows) + "\n";
  }

  static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  String name(Legend legend) {
    String label = escape(in(legend.label()));
    return legend.kind() == Legend.Kind.PRODUCT ? "**" + label + "**" : label;
  }

  /** Empty where nothing was accepted, or nothing may be shown. */
  String accepted(Result result) {
    Result.Speeds speeds = result.speeds();
    return speed(result, speeds.accepted(), speeds.acceptedRange(), RunFile::acceptedPerSecond);
  }

  /** Empty where nobody was refused, or nothing may be shown. */
  String refused(Result result) {
    Result.Speeds speeds = result.speeds();
    return speed(result, speeds.refused(), speeds.refusedRange(), RunFile::refusedPerSecond);
  }

  private String speed(
      Result result,
      @Nullable Double rate,
      @Nullable Range range,
      Function<RunFile, @Nullable Double> value) {
    if (rate == null) {
      return "";
    }
    String shown = linked(in(Phrases.rate(rate, result)), result, value);
    return range == null ? shown : "%s \\[%s\\]".formatted(shown, range.dashed());
  }

  static String millis(Result result) {
    Double p50 = result.latency().p50();
    Double p99 = result.latency().p99();
    return p50 == null || p99 == null ? "" : Numbers.millis(p50) + " / " + Numbers.millis(p99);
  }

  /** The worst of them: what is violated is said with its experiment. */
  String judgement(List<Result> results) {
    for (Result result : results) {
      if (result.violated()) {
        return "**%s** (`%s`)"
            .formatted(escape(in(Phrases.violation(result))), result.key().experiment());
      }
    }
    boolean right = results.stream().anyMatch(r -> r.judge() == Judgement.OK);
    return right ? in(Text.of("✓ right", "✓ 정상")) : "–";
  }

  /** The speed as a link to the run it comes from, which is the median one. */
  String linked(String speed, Result result, Function<RunFile, @Nullable Double> value) {
    return linked(speed, findings.medianRun(result.key(), value));
  }

  /** The coupons as a link to the first run that issued so many. */
  String linkedCount(long coupons, Result result) {
    return linked(
        Numbers.count(coupons),
        findings.runsOf(result.key()).stream()
            .filter(run -> Objects.equals(run.coupons(), coupons))
            .findFirst());
  }

  private String linked(String number, Optional<RunFile> run) {
    return run.map(r -> "[%s](%s/%s)".formatted(number, folder, Markup.runLink(r.file())))
        .orElse(number);
  }

  /** Text from a file as plain words: no markup, no cell border, no line end of it survives. */
  static String escape(String text) {
    String oneLine = Objects.requireNonNull(text).replaceAll("\\s+", " ").strip();
    return Markup.escape(oneLine).replaceAll("([\\\\`*_\\[\\]|~])", "\\\\$1");
  }
}
