package io.sunchak.bench.report;

import java.util.List;

/** Every way into the ledger: how fast, and what a kill loses. */
record DrainingTable(Markdown page) {

  /** Empty where the results hold none. */
  String markdown() {
    List<Result> drains = page.findings().of(Experiment.DRAIN.id());
    if (drains.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            page.head(
                "|---|---|--:|--:|---|",
                Text.NONE,
                Text.of("what it is", "무엇인가"),
                Text.of("stored/s", "초당 저장"),
                Text.of("a kill while draining loses", "처리 중 죽이면 유실"),
                Text.of("judge", "심판")));
    drains.forEach(result -> text.append(row(result)));
    return text.append('\n').toString();
  }

  private String row(Result result) {
    Double stored = result.speeds().stored();
    String lost = page.in(CurveFigures.lost(result).text());
    return Markdown.row(
        page.name(result.legend()),
        Markdown.escape(page.in(result.legend().drainsBy())),
        stored == null ? "" : page.linked(Numbers.rate(stored), result, RunFile::storedPerSecond),
        CurveFigures.lost(result).alarming() ? "**" + lost + "**" : lost,
        page.judgement(List.of(result)));
  }
}
