package io.sunchak.bench.report;

import io.sunchak.bench.report.BarChart.Bar;
import io.sunchak.bench.report.BarChart.Group;
import io.sunchak.bench.report.BarChart.Heads;
import io.sunchak.bench.report.BarChart.Look;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The public case several projects publish, ours beside theirs: accepted and stored a second. */
record HeadToHead(Findings findings) {

  List<Figure> figures() {
    List<Result> ours = new ArrayList<>(findings.of(Experiment.FCFS_20K.id()));
    ours.addAll(findings.of(Experiment.FCFS_40K.id()));
    if (ours.isEmpty()) {
      return List.of();
    }
    List<Group> groups =
        List.of(
            new Group(
                Text.of("Measured here", "여기서 잰 값"), ours.stream().map(HeadToHead::bar).toList()),
            new Group(
                Text.of("Their authors' own figures, their hardware", "각 저자가 발표한 값, 각자의 장비"),
                rivals()));
    return List.of(
        new Figure(
            "head-to-head",
            Text.of("Accepted and stored a second", "초당 접수·저장"),
            Text.of(
                "Ours: coupons ÷ the time from the first request until the last is in the ledger.",
                "우리 값: 쿠폰 수 ÷ 첫 요청부터 마지막 쿠폰이 원장에 들어갈 때까지의 시간."),
            new BarChart(
                new Heads(Text.of("stored/s", "초당 저장"), Text.same("p99")), groups, null, false),
            ours.stream().flatMap(r -> findings.runsOf(r.key()).stream()).toList()));
  }

  private static Bar bar(Result result) {
    Double rate = storedPerSecond(result);
    Double p99 = result.latency().p99();
    boolean product = result.key().target().equals(Legend.PRODUCT);
    return new Bar(
        result.legend().label(),
        Experiment.titleOf(result.key().experiment()),
        result.violated() ? Look.WRONG : product ? Look.PRODUCT : Look.PLAIN,
        rate,
        null,
        rate == null ? Text.NONE : Text.same(Numbers.rate(rate)),
        p99 == null ? Text.NONE : Text.same(Numbers.axisMillis(p99)),
        Phrases.violation(result),
        tip(result));
  }

  private static Text tip(Result result) {
    Text facts = Phrases.tip(result);
    Double within = result.counts().storedWithinMs();
    if (within != null) {
      facts =
          facts.join(
              "\n",
              Text.format("all stored within %s ms", "%s ms 안에 모두 저장", Numbers.millis(within)));
    }
    Long errors = result.counts().errors();
    return errors == null
        ? facts
        : facts.join("\n", Text.format("errors: %s", "오류: %s", Numbers.count(errors)));
  }

  /** Null for a violated one, and where it is not known when the last coupon was stored. */
  static @Nullable Double storedPerSecond(Result result) {
    Double within = result.counts().storedWithinMs();
    Long coupons = result.counts().coupons();
    if (result.violated() || within == null || within <= 0 || coupons == null) {
      return null;
    }
    return coupons * 1000 / within;
  }

  private static List<Bar> rivals() {
    List<Bar> bars = new ArrayList<>();
    for (Rival rival : Rival.all()) {
      bars.add(
          new Bar(
              Text.same(rival.name()),
              rival.users().join(" · ", rival.machine()),
              Look.PLAIN,
              rival.storedPerSecond(),
              null,
              Text.same(Numbers.rate(rival.storedPerSecond())),
              Text.same(rival.percentile()),
              Text.NONE,
              Text.same(rival.name()).join(" · ", rival.users()).join("\n", rival.remark())));
    }
    return bars;
  }
}
