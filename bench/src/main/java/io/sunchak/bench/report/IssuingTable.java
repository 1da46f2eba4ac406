package io.sunchak.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every way to issue: its count, its rates, the judge. */
record IssuingTable(Markdown page) {

  /** Empty where the results hold none. */
  String markdown() {
    return page.table(
        "|---|---|--:|--:|--:|--:|--:|---|",
        List.of(
            Text.NONE,
            Text.of("what it is", "무엇인가"),
            Text.of("coupons, stock 600", "600장 중 발급"),
            Phrases.ACCEPTED,
            Text.of("p50 / p99 ms", "p50 / p99 ms"),
            Phrases.OF_CEILING,
            Phrases.REFUSED,
            Text.of("judge", "심판")),
        targets().stream().map(this::row).toList());
  }

  private String row(String id) {
    Legend legend = Legend.of(id);
    Optional<Result> accept = find(id, Experiment.ACCEPT);
    return Markdown.row(
        page.name(legend),
        Markdown.escape(page.in(legend.what())),
        find(id, Experiment.SEED_600).map(this::coupons).orElse(""),
        accept.map(page::accepted).orElse(""),
        accept.map(Markdown::millis).orElse(""),
        accept.map(r -> page.in(Phrases.share(r.speeds().ceilingRatio()))).orElse(""),
        find(id, Experiment.SOLD_OUT).map(page::refused).orElse(""),
        page.judgement(judged(id)));
  }

  private Optional<Result> find(String id, Experiment experiment) {
    return page.findings().find(id, experiment.id());
  }

  /** In the order of all charts, each once. */
  private Set<String> targets() {
    Set<String> ids = new LinkedHashSet<>();
    page.findings().results().stream()
        .map(Result::key)
        .filter(key -> shown().anyMatch(e -> e.id().equals(key.experiment())))
        .forEach(key -> ids.add(key.target()));
    return ids;
  }

  private static Stream<Experiment> shown() {
    return Stream.of(Experiment.SEED_600, Experiment.ACCEPT, Experiment.SOLD_OUT);
  }

  private String coupons(Result result) {
    Long coupons = result.counts().coupons();
    if (coupons == null) {
      return "";
    }
    String shown = page.linkedCount(coupons, result);
    return result.violated() ? "**✕ " + shown + "**" : shown;
  }

  private List<Result> judged(String id) {
    List<Result> judged = new ArrayList<>();
    shown().forEach(experiment -> find(id, experiment).ifPresent(judged::add));
    return judged;
  }
}
