package io.sunchak.bench.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Every way into the ledger: how fast, and what a kill loses. */
record DrainingTable(Markdown page) {

  /** Empty where the results hold none. */
  String markdown() {
    Collection<List<Result>> drains =
        page.findings().of(Experiment.DRAIN.id()).stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.key().target(), LinkedHashMap::new, Collectors.toList()))
            .values();
    return page.table(
        "|---|---|--:|--:|---|",
        List.of(
            Text.NONE,
            Text.of("what it is", "무엇인가"),
            Text.of("stored/s", "초당 저장"),
            Text.of("a kill while draining loses", "처리 중 죽이면 유실"),
            Text.of("judge", "심판")),
        drains.stream().map(this::row).toList());
  }

  /** A target's speed and its loss are of different runs. */
  private String row(List<Result> results) {
    Legend legend = results.getFirst().legend();
    return Markdown.row(
        page.name(legend),
        Markdown.escape(page.in(legend.drainsBy())),
        results.stream().map(this::stored).collect(Collectors.joining()),
        results.stream().map(this::lost).collect(Collectors.joining()),
        page.judgement(results));
  }

  private String stored(Result result) {
    Double rate = result.speeds().stored();
    return rate == null ? "" : page.linked(Numbers.rate(rate), result, RunFile::storedPerSecond);
  }

  private String lost(Result result) {
    String lost = page.in(CurveFigures.lost(result).text());
    return CurveFigures.lost(result).alarming() ? "**" + lost + "**" : lost;
  }
}
