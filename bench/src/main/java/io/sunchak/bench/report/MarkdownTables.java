package io.sunchak.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The README's two tables: issuing and draining, each number a link to its raw run. */
record MarkdownTables(Bench bench, boolean korean, String folder) {

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(in(Text.of("Measured on ", "측정: ")))
        .append(escape(Sources.each(bench.runs(), r -> r.provenance().date())))
        .append(in(Text.of(" at commit ", ", 커밋 ")))
        .append(escape(Sources.each(bench.runs(), r -> r.provenance().commit())))
        .append(in(Text.of(" on ", ", 머신 ")))
        .append(escape(Sources.each(bench.runs(), r -> r.provenance().machine())))
        .append(
            in(
                Text.of(
                    ", load generator beside the server. Median [least–greatest] of the runs; each number links to its run. ",
                    ", 같은 머신에서 부하 생성. 실행들의 중앙값 [최솟값–최댓값]이며 숫자마다 원본 실행으로 이어집니다. ")))
        .append("[results.json](%s/results.json) · [runs](%s/runs)\n\n".formatted(folder, folder));
    issuing(text);
    draining(text);
    return text.toString();
  }

  private void issuing(StringBuilder text) {
    List<String> targets = targets(Experiment.SEED_600, Experiment.ACCEPT, Experiment.SOLD_OUT);
    if (targets.isEmpty()) {
      return;
    }
    row(
        text,
        Text.NONE,
        Text.of("what it is", "무엇인가"),
        Text.of("coupons, stock 600", "600장 중 발급"),
        Words.ACCEPTED,
        Text.of("p50 / p99 ms", "p50 / p99 ms"),
        Words.OF_CEILING,
        Words.REFUSED,
        Text.of("judge", "심판"));
    text.append("|---|---|--:|--:|--:|--:|--:|---|\n");
    for (String id : targets) {
      Target target = Target.of(id);
      Optional<Result> accept = bench.find(id, Experiment.ACCEPT.id());
      cells(
          text,
          name(target),
          escape(in(target.what())),
          coupons(id),
          accepted(accept),
          accept.map(this::millis).orElse(""),
          accept.map(r -> in(Words.share(r.speeds().ceilingRatio()))).orElse(""),
          refused(id),
          judge(id));
    }
    text.append('\n');
  }

  private void draining(StringBuilder text) {
    List<String> targets = targets(Experiment.DRAIN);
    if (targets.isEmpty()) {
      return;
    }
    row(
        text,
        Text.NONE,
        Text.of("what it is", "무엇인가"),
        Text.of("stored/s", "초당 저장"),
        Text.of("a kill while draining loses", "처리 중 죽이면 유실"),
        Text.of("judge", "심판"));
    text.append("|---|---|--:|--:|---|\n");
    for (Result result : bench.of(Experiment.DRAIN.id())) {
      Target target = result.target();
      Double stored = result.speeds().stored();
      String rate =
          stored == null ? "" : linked(Numbers.rate(stored), result, Run::storedPerSecond);
      String lost = in(CurveFigures.lost(result).text());
      boolean alarming = CurveFigures.lost(result).alarming();
      cells(
          text,
          name(target),
          escape(in(target.drainsBy())),
          rate,
          alarming ? "**" + lost + "**" : lost,
          judgement(List.of(result)));
    }
    text.append('\n');
  }

  /** In the order of all charts, each once. */
  private List<String> targets(Experiment... experiments) {
    List<String> ids = new ArrayList<>();
    for (Result result : bench.results()) {
      boolean shown =
          List.of(experiments).stream().anyMatch(e -> e.id().equals(result.key().experiment()));
      if (shown && !ids.contains(result.key().target())) {
        ids.add(result.key().target());
      }
    }
    return ids;
  }

  private String name(Target target) {
    String label = escape(in(target.label()));
    return target.kind() == Target.Kind.PRODUCT ? "**" + label + "**" : label;
  }

  private String coupons(String id) {
    Optional<Result> result = bench.find(id, Experiment.SEED_600.id());
    Long coupons = result.map(r -> r.counts().coupons()).orElse(null);
    if (result.isEmpty() || coupons == null) {
      return "";
    }
    String shown = linked(Numbers.count(coupons), result.get(), Run::acceptedPerSecond);
    return result.get().violated() ? "**✕ " + shown + "**" : shown;
  }

  private String accepted(Optional<Result> result) {
    if (result.isEmpty() || result.get().speeds().accepted() == null) {
      return "";
    }
    Result measured = result.get();
    Result.Speeds speeds = measured.speeds();
    String shown =
        linked(in(Words.rate(speeds.accepted(), measured)), measured, Run::acceptedPerSecond);
    Range range = speeds.acceptedRange();
    return range == null ? shown : "%s \\[%s\\]".formatted(shown, range.dashed());
  }

  private String refused(String id) {
    Optional<Result> result = bench.find(id, Experiment.SOLD_OUT.id());
    Double rate = result.map(r -> r.speeds().refused()).orElse(null);
    return rate == null
        ? ""
        : linked(in(Words.rate(rate, result.orElseThrow())), result.orElseThrow(), r -> null);
  }

  private String millis(Result result) {
    Double p50 = result.latency().p50();
    Double p99 = result.latency().p99();
    return p50 == null || p99 == null ? "" : Numbers.millis(p50) + " / " + Numbers.millis(p99);
  }

  private String judge(String id) {
    List<Result> judged = new ArrayList<>();
    for (Experiment experiment :
        List.of(Experiment.SEED_600, Experiment.ACCEPT, Experiment.SOLD_OUT)) {
      judged.addAll(
          bench.of(experiment.id()).stream().filter(r -> r.key().target().equals(id)).toList());
    }
    return judgement(judged);
  }

  /** The worst of them: what is violated is said with its experiment. */
  private String judgement(List<Result> results) {
    for (Result result : results) {
      if (result.violated()) {
        return "**%s** (`%s`)"
            .formatted(escape(in(Words.violation(result))), result.key().experiment());
      }
    }
    boolean right = results.stream().anyMatch(r -> r.judge() == Judgement.OK);
    return right ? in(Text.of("✓ right", "✓ 정상")) : "–";
  }

  /** The number as a link to the run it comes from: the median one, else the first. */
  private String linked(
      String number,
      Result result,
      Function<Run, @org.jspecify.annotations.Nullable Double> value) {
    Optional<Run> run =
        result.violated()
            ? bench.runsOf(result.key()).stream().findFirst()
            : bench.medianRun(result.key(), value);
    return run.map(r -> "[%s](%s/%s)".formatted(number, folder, Markup.runLink(r.file())))
        .orElse(number);
  }

  private void row(StringBuilder text, Text... cells) {
    cells(text, List.of(cells).stream().map(this::in).toArray(String[]::new));
  }

  private static void cells(StringBuilder text, String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private String in(Text text) {
    return korean ? text.ko() : text.en();
  }

  /** Text from a file as plain words: no markup, no cell border, no line end of it survives. */
  static String escape(String text) {
    String oneLine = Objects.requireNonNull(text).replaceAll("\\s+", " ").strip();
    return Markup.escape(oneLine).replaceAll("([\\\\`*_\\[\\]|~])", "\\\\$1");
  }
}
