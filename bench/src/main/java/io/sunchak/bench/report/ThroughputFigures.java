package io.sunchak.bench.report;

import io.sunchak.bench.report.BarChart.Bar;
import io.sunchak.bench.report.BarChart.Group;
import io.sunchak.bench.report.BarChart.Heads;
import io.sunchak.bench.report.BarChart.Look;
import io.sunchak.bench.report.BarChart.Mark;
import io.sunchak.bench.report.Legend.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bars: coupons issued, accepted/s, refused/s, and how the product scales. */
record ThroughputFigures(Findings findings) {

  /** Coupons issued against the stock, where a wrong count is drawn beyond the line. */
  List<Figure> counts(Experiment experiment) {
    List<Result> counted =
        findings.of(experiment.id()).stream().filter(r -> r.counts().coupons() != null).toList();
    Long stock =
        counted.stream()
            .map(r -> r.counts().stock())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (counted.isEmpty() || stock == null) {
      return List.of();
    }
    List<Group> groups = groups(counted, this::countBar);
    Text label = Text.format("stock %s", "수량 %s장", Numbers.count(stock));
    Heads heads = new Heads(Text.of("coupons issued", "발급된 쿠폰"), Text.of("judge", "심판"));
    return List.of(
        new Figure(
            "count-" + experiment.id(),
            Text.format("Coupons issued of %s", "수량 %s장 중 발급된 쿠폰", Numbers.count(stock)),
            Text.of(
                "Right is exactly up to the line. Beyond it, coupons exist that nobody can honour.",
                "점선에 정확히 닿아야 정상이다. 점선을 넘긴 만큼은 지킬 수 없는 쿠폰이다."),
            new BarChart(heads, groups, new Mark(stock, label), false),
            sources(counted)));
  }

  private Bar countBar(Result result) {
    double coupons = Objects.requireNonNull(result.counts().coupons());
    boolean tooMany = result.counts().tooMany() > 0;
    Text note =
        tooMany
            ? Text.format("✕ +%s", "✕ +%s", Numbers.count(result.counts().tooMany()))
            : Phrases.judge(result);
    Look look = result.violated() ? Look.WRONG : look(result);
    Text shown = Text.same(Numbers.count(Math.round(coupons)));
    return new Bar(
        result.legend().label(),
        result.legend().what(),
        look,
        coupons,
        null,
        shown,
        note,
        tooMany ? Phrases.violation(result) : Text.NONE,
        Phrases.tip(result));
  }

  /** Accepted a second. */
  List<Figure> accepted(Experiment experiment) {
    return rates(experiment, "accepted", Phrases.ACCEPTED, r -> r.speeds().accepted());
  }

  /** Refused a second: never counted among the accepted. */
  List<Figure> refused(Experiment experiment) {
    return rates(experiment, "refused", Phrases.REFUSED, r -> r.speeds().refused());
  }

  private List<Figure> rates(
      Experiment experiment, String id, Text unit, Function<Result, @Nullable Double> rate) {
    List<Result> shown = shown(experiment, rate);
    if (shown.stream().allMatch(r -> rate.apply(r) == null)) {
      return List.of();
    }
    boolean accepted = id.equals("accepted");
    List<Group> groups = groups(shown, r -> rateBar(r, rate.apply(r), accepted));
    Mark ceiling = null;
    for (Result result : shown) {
      Double value = rate.apply(result);
      if (result.key().target().equals(Legend.BARE_SERVER) && value != null) {
        Text label = Text.format("bare server %s", "빈 서버 %s", Phrases.rate(value, result));
        ceiling = new Mark(value, label);
      }
    }
    boolean own = accepted || experiment == Experiment.SOLD_OUT;
    boolean ratios = own && shown.stream().anyMatch(r -> r.speeds().ceilingRatio() != null);
    Heads heads = new Heads(unit, ratios ? Phrases.OF_CEILING : Text.NONE);
    Text title = Text.format("%s · %s", "%s · %s", Text.same(experiment.id()), experiment.title());
    return List.of(
        new Figure(
            id + "-" + experiment.id(),
            title,
            Text.of(
                "Median of the runs; the whisker is their least and greatest.",
                "실행들의 중앙값. 수염은 최솟값과 최댓값."),
            new BarChart(heads, groups, ceiling, false),
            new BarChart(heads, groups, ceiling, true),
            sources(shown)));
  }

  /** Those with a rate, and the violated ones in place of a rate. */
  private List<Result> shown(Experiment experiment, Function<Result, @Nullable Double> rate) {
    return findings.of(experiment.id()).stream()
        .filter(r -> r.violated() || rate.apply(r) != null)
        .toList();
  }

  private Bar rateBar(Result result, @Nullable Double value, boolean accepted) {
    return new Bar(
        result.legend().label(),
        result.legend().what(),
        result.violated() ? Look.WRONG : look(result),
        value,
        accepted ? result.speeds().acceptedRange() : result.speeds().refusedRange(),
        result.violated() ? Text.of("no speed", "속도 없음") : Phrases.rate(value, result),
        accepted || result.key().experiment().equals(Experiment.SOLD_OUT.id())
            ? Phrases.share(result.speeds().ceilingRatio())
            : Text.NONE,
        Phrases.violation(result),
        Phrases.tip(result));
  }

  /** One bar a variant of the experiment: the product's cost as something grows. */
  List<Figure> variants(Experiment experiment, Text unit) {
    List<Result> shown = shown(experiment, r -> r.speeds().accepted());
    if (shown.isEmpty()) {
      return List.of();
    }
    List<Bar> bars = new ArrayList<>();
    for (Result result : shown) {
      Double p99 = result.latency().p99();
      Bar bar = rateBar(result, result.speeds().accepted(), true);
      Text note = p99 == null ? Text.NONE : Text.same(Numbers.millis(p99) + " ms");
      Text label = Phrases.variant(result.key().variant());
      Text what = Text.format("%s · %s", "%s · %s", unit, result.legend().label());
      bars.add(
          new Bar(
              label,
              what,
              bar.look(),
              bar.value(),
              bar.spread(),
              bar.shown(),
              note,
              bar.violation(),
              bar.tip()));
    }
    return List.of(
        new Figure(
            experiment.id(),
            Text.format("%s · %s", "%s · %s", Text.same(experiment.id()), experiment.title()),
            Text.NONE,
            new BarChart(
                new Heads(Phrases.ACCEPTED, Text.same("p99")),
                List.of(new Group(Text.NONE, bars)),
                null,
                false),
            sources(shown)));
  }

  private List<RunFile> sources(List<Result> results) {
    return results.stream().flatMap(r -> findings.runsOf(r.key()).stream()).toList();
  }

  static Look look(Result result) {
    return switch (result.legend().kind()) {
      case PRODUCT -> Look.PRODUCT;
      case CEILING -> Look.CEILING;
      default -> Look.PLAIN;
    };
  }

  static List<Group> groups(List<Result> results, Function<Result, Bar> bar) {
    List<Group> groups = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<Bar> bars = results.stream().filter(r -> r.legend().kind() == kind).map(bar).toList();
      if (!bars.isEmpty()) {
        groups.add(new Group(kind.title(), bars));
      }
    }
    return groups;
  }
}
