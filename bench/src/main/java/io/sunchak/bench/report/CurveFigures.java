package io.sunchak.bench.report;

import io.sunchak.bench.report.CurveChart.Note;
import io.sunchak.bench.report.CurveChart.Row;
import io.sunchak.bench.report.CurveChart.Spot;
import io.sunchak.bench.report.Legend.Kind;
import io.sunchak.bench.report.RunFile.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Courses over time: the remaining stock, and what has been stored of a backlog. */
record CurveFigures(Findings findings) {

  /** How the stock goes down, one row a target. */
  List<Figure> remaining(Text title, Experiment... experiments) {
    List<Row> rows = new ArrayList<>();
    List<RunFile> sources = new ArrayList<>();
    for (Result result : results(experiments)) {
      Optional<RunFile> run = findings.medianRun(result.key(), RunFile::acceptedPerSecond);
      List<Spot> spots = result.violated() ? List.of() : spots(run, Point::remaining);
      if (spots.isEmpty() && !result.violated()) {
        continue;
      }
      run.filter(r -> !spots.isEmpty()).ifPresent(sources::add);
      Double end = soldOutAt(spots);
      Text gone =
          end != null
              ? Text.same(Numbers.seconds(end))
              : spots.isEmpty() ? Text.NONE : Text.of("not sold out", "소진 안 됨");
      double top = spots.stream().mapToDouble(Spot::value).max().orElse(1);
      Text what =
          experiments.length > 1
              ? Experiment.titleOf(result.key().experiment())
              : result.legend().what();
      rows.add(row(result, what, spots, Math.max(top, 1), gone, Note.NONE));
    }
    if (rows.stream().allMatch(r -> r.spots().isEmpty())) {
      return List.of();
    }
    return List.of(
        new Figure(
            "remaining-" + experiments[0].id(),
            title,
            Text.of(
                "From the first request on. Each row falls from the whole stock to none.",
                "첫 요청부터의 시간. 행마다 전체 수량에서 0까지 내려간다."),
            new CurveChart(Text.NONE, Text.of("sold out after", "소진까지"), swapped(rows)),
            sources));
  }

  private List<Result> results(Experiment... experiments) {
    return java.util.Arrays.stream(experiments).flatMap(e -> findings.of(e.id()).stream()).toList();
  }

  /** The time belongs in the last column: there is no other number. */
  private static List<Row> swapped(List<Row> rows) {
    return rows.stream()
        .map(r ->
            new Row(
                r.label(),
                r.what(),
                r.product(),
                r.spots(),
                r.top(),
                Text.NONE,
                new Note(r.value(), false),
                r.violation(),
                r.tip()))
        .toList();
  }

  /** How a backlog gets into the ledger, and what a kill in the middle loses. */
  List<Figure> drains() {
    List<Row> rows = new ArrayList<>();
    List<RunFile> sources = new ArrayList<>();
    for (Result result : findings.of(Experiment.DRAIN.id())) {
      Optional<RunFile> run = findings.medianRun(result.key(), RunFile::storedPerSecond);
      List<Spot> spots = result.violated() ? List.of() : spots(run, Point::stored);
      run.filter(r -> !spots.isEmpty()).ifPresent(sources::add);
      double top = spots.stream().mapToDouble(Spot::value).max().orElse(1);
      Double stored = result.speeds().stored();
      Text rate = stored == null ? Text.NONE : Text.same(Numbers.rate(stored));
      rows.add(
          row(result, result.legend().drainsBy(), spots, Math.max(top, 1), rate, lost(result)));
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Figure(
            "drain",
            Text.of(
                "drain · stored over time, and what a kill in the middle loses",
                "drain · 시간에 따른 저장량, 그리고 도중에 죽이면 잃는 것"),
            Text.of(
                "Each row rises from nothing to its whole backlog: 100,000 for the product, 10,000 for the others.",
                "행마다 0에서 쌓인 전부까지 올라간다. 제품은 10만 건, 나머지는 1만 건."),
            new CurveChart(Text.of("stored/s", "초당 저장"), Text.of("a kill loses", "죽이면 유실"), rows),
            sources));
  }

  static Note lost(Result result) {
    Long lost = result.counts().lostByKill();
    if (lost == null) {
      return Note.NONE;
    }
    boolean any = lost > 0;
    return new Note(Text.same((any ? "✕ " : "✓ ") + Numbers.count(lost)), any);
  }

  private static Row row(
      Result result, Text what, List<Spot> spots, double top, Text value, Note note) {
    Text violation = result.violated() ? Phrases.violation(result) : Text.NONE;
    return new Row(
        result.legend().label(),
        what,
        result.legend().kind() == Kind.PRODUCT,
        spots,
        top,
        value,
        note,
        violation,
        tip(result, value, note));
  }

  private static Text tip(Result result, Text value, Note note) {
    Text facts = Phrases.tip(result);
    if (!note.text().isEmpty()) {
      return facts.join("\n", Text.format("a kill loses: %s", "도중에 죽이면 유실: %s", note.text()));
    }
    return result.key().experiment().equals(Experiment.DRAIN.id()) || value.isEmpty()
        ? facts
        : facts.join("\n", Text.format("sold out after: %s", "소진까지: %s", value));
  }

  private static List<Spot> spots(Optional<RunFile> run, Function<Point, @Nullable Double> value) {
    List<Spot> spots = new ArrayList<>();
    for (Point point : run.map(RunFile::series).orElse(List.of())) {
      Double there = value.apply(point);
      if (there != null) {
        spots.add(new Spot(point.t(), there));
      }
    }
    return spots.size() < 2 ? List.of() : spots;
  }

  private static @Nullable Double soldOutAt(List<Spot> spots) {
    return spots.stream().filter(s -> s.value() <= 0).map(Spot::t).findFirst().orElse(null);
  }
}
