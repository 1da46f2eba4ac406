package io.sunchak.bench.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The product alone: the real moment, the public head-to-head, growth. */
record MomentsTable(Markdown page) {
  /** Those with an end of their own; the others are stored as long as they are measured. */
  private static final Set<Experiment> BURSTS =
      EnumSet.of(Experiment.COLD, Experiment.FCFS_20K, Experiment.FCFS_40K);

  /** Empty where the results hold none. */
  String markdown() {
    return page.table(
        "|---|---|--:|--:|--:|--:|---|",
        List.of(
            Text.of("the product", "제품"),
            Text.of("what happens", "무슨 일이 일어나는가"),
            Phrases.ACCEPTED,
            Text.of("p50 / p99 ms", "p50 / p99 ms"),
            Text.of("all stored within", "모두 저장될 때까지"),
            Text.of("errors", "오류"),
            Text.of("judge", "심판")),
        moments().map(this::row).toList());
  }

  private Stream<Result> moments() {
    return Stream.of(
            Experiment.COLD,
            Experiment.FCFS_20K,
            Experiment.FCFS_40K,
            Experiment.LATENCY,
            Experiment.SCALE,
            Experiment.NODES)
        .flatMap(experiment -> page.findings().of(experiment.id()).stream())
        .filter(result -> result.key().target().equals(Legend.PRODUCT));
  }

  private String row(Result result) {
    Result.Key key = result.key();
    Text what = Experiment.titleOf(key.experiment()).join(" · ", Phrases.variant(key.variant()));
    boolean burst = BURSTS.stream().anyMatch(b -> b.id().equals(key.experiment()));
    Double within = burst ? result.counts().storedWithinMs() : null;
    return Markdown.row(
        "`" + Markdown.escape(key.experiment()) + "`",
        Markdown.escape(page.in(what)),
        page.accepted(result),
        Markdown.millis(result),
        within == null ? "" : Numbers.seconds(within / 1000),
        Numbers.count(Objects.requireNonNullElse(result.counts().errors(), 0L)),
        page.judgement(List.of(result)));
  }
}
