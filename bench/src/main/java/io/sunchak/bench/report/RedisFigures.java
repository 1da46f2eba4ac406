package io.sunchak.bench.report;

import io.sunchak.bench.report.BarChart.Bar;
import io.sunchak.bench.report.BarChart.Heads;
import java.util.List;
import java.util.Objects;

/** What an experiment asks of Redis. */
record RedisFigures(Findings findings) {

  /** Redis commands a request; the trips stand beside them. */
  List<Figure> of(Experiment experiment) {
    List<Result> asked =
        findings.of(experiment.id()).stream().filter(r -> r.commandsPerRequest() != null).toList();
    if (asked.isEmpty()) {
      return List.of();
    }
    boolean trips = asked.stream().anyMatch(r -> r.tripsPerRequest() != null);
    Heads heads =
        new Heads(Text.of("commands", "명령"), trips ? Text.of("round trips", "왕복") : Text.NONE);
    return List.of(
        new Figure(
            "redis-" + experiment.id(),
            Text.format(
                "%s · Redis commands a request", "%s · 요청당 Redis 명령 수", Text.same(experiment.id())),
            Text.of(
                "Below one: several users share one call.", "1보다 작으면 여러 사용자가 호출 하나를 나눠 쓴다는 뜻이다."),
            new BarChart(heads, ThroughputFigures.groups(asked, RedisFigures::bar), null, false),
            asked.stream().flatMap(r -> findings.runsOf(r.key()).stream()).toList()));
  }

  private static Bar bar(Result result) {
    Double commands = Objects.requireNonNull(result.commandsPerRequest());
    Double trips = result.tripsPerRequest();
    return new Bar(
        result.legend().label(),
        result.legend().what(),
        ThroughputFigures.look(result),
        commands,
        null,
        Text.same(Numbers.rate(commands)),
        trips == null ? Text.NONE : Text.same(Numbers.rate(trips)),
        Text.NONE,
        Phrases.tip(result));
  }
}
