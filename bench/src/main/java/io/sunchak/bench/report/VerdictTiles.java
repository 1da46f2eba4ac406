package io.sunchak.bench.report;

import io.sunchak.bench.report.Verdict.Tile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The few figures under the verdict, each left out where it was not measured. */
record VerdictTiles(Findings findings) {

  List<Tile> all() {
    List<Tile> tiles = new ArrayList<>();
    findings.find(Legend.PRODUCT, Experiment.ACCEPT.id()).ifPresent(r -> accepted(tiles, r));
    findings.find(Legend.PRODUCT, Experiment.SOLD_OUT.id()).ifPresent(r -> refused(tiles, r));
    latency(tiles);
    lost(tiles);
    oversold(tiles);
    judged(tiles);
    return tiles;
  }

  private static void accepted(List<Tile> tiles, Result result) {
    Double rate = result.speeds().accepted();
    if (rate == null) {
      return;
    }
    Range range = result.speeds().acceptedRange();
    Text under = range == null ? Text.NONE : range.text();
    Long runs = result.counts().runs();
    if (runs != null && runs > 1) {
      under = under.join(", ", Text.format("median of %d runs", "%d회 실행의 중앙값", runs));
    }
    tiles.add(
        new Tile(Text.of("Accepted", "접수"), Phrases.rate(rate, result), perSecond(), under, false));
  }

  private static void refused(List<Tile> tiles, Result result) {
    Double rate = result.speeds().refused();
    if (rate != null) {
      Text under = Text.of("answers to latecomers, once sold out", "소진된 뒤 늦은 사용자에게 하는 답");
      tiles.add(
          new Tile(
              Text.of("Refused", "거절"), Phrases.rate(rate, result), perSecond(), under, false));
    }
  }

  private void latency(List<Tile> tiles) {
    Double p99 = new LatencyFigures(findings).acceptedP99(Legend.PRODUCT);
    if (p99 != null) {
      boolean open =
          findings.of(Experiment.LATENCY.id()).stream()
              .anyMatch(r -> r.key().variant().startsWith("50"));
      Text under =
          open
              ? Text.of("accepted, at half of its peak, open loop", "최대치의 절반, 개방형 부하에서 접수까지")
              : Text.of("accepted, at full load", "최대 부하에서 접수까지");
      tiles.add(
          new Tile(
              Text.of("99 of 100 within", "100건 중 99건"),
              Text.same(Numbers.millis(p99)),
              Text.of(" ms", " ms 안에"),
              under,
              false));
    }
  }

  private void lost(List<Tile> tiles) {
    Long lost =
        findings
            .find(Legend.PRODUCT, Experiment.DRAIN.id())
            .map(r -> r.counts().lostByKill())
            .orElse(null);
    if (lost == null) {
      return;
    }
    Text under =
        findings.of(Experiment.DRAIN.id()).stream()
            .filter(r -> Objects.requireNonNullElse(r.counts().lostByKill(), 0L) > 0)
            .filter(r -> !r.key().target().equals(Legend.PRODUCT))
            .max(
                Comparator.comparingLong(
                    r -> Objects.requireNonNullElse(r.counts().lostByKill(), 0L)))
            .map(r ->
                Text.format(
                    "%s loses %s",
                    "%s: %s건 유실",
                    r.legend().label(),
                    Numbers.count(Objects.requireNonNull(r.counts().lostByKill()))))
            .orElse(Text.NONE);
    tiles.add(
        new Tile(
            Text.of("Lost by a kill while draining", "발급 처리 중 죽였을 때 유실"),
            Text.same(Numbers.count(lost)),
            Text.of("", "건"),
            under,
            lost > 0));
  }

  private void oversold(List<Tile> tiles) {
    findings.results().stream()
        .filter(r -> r.counts().tooMany() > 0)
        .max(Comparator.comparingLong(r -> r.counts().tooMany()))
        .ifPresent(r ->
            tiles.add(
                new Tile(
                    Text.format("%s oversells", "%s의 초과 발급", r.legend().label()),
                    Text.same("✕ " + Numbers.count(Objects.requireNonNull(r.counts().coupons()))),
                    Text.format(
                        " of %s",
                        " / %s장", Numbers.count(Objects.requireNonNull(r.counts().stock()))),
                    Text.format(
                        "%s coupons too many", "%s장 초과", Numbers.count(r.counts().tooMany())),
                    true)));
  }

  private void judged(List<Tile> tiles) {
    long right = findings.results().stream().filter(r -> r.judge() == Judgement.OK).count();
    long wrong = findings.results().stream().filter(Result::violated).count();
    if (right + wrong > 0) {
      Text under =
          wrong == 0
              ? Text.of("no violation found", "위반 없음")
              : Text.format("%d violated, shown without a speed", "%d건 위반, 속도는 싣지 않음", wrong);
      tiles.add(
          new Tile(
              Text.of("Judged right", "심판 결과 정상"),
              Text.same("✓ " + right),
              Text.format(" of %d", " / %d건", right + wrong),
              under,
              false));
    }
  }

  private static Text perSecond() {
    return Text.of(" /s", " 건/초");
  }
}
