package io.sunchak.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The full table: every result, one body an experiment, and only the columns that hold anything.
 */
record ResultTable(Bench bench) {

  private record Column(Text head, Function<Result, Text> cell) {}

  String html() {
    List<Column> columns = columns();
    StringBuilder html = new StringBuilder();
    html.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\"")
        .append(Markup.attribute("aria-label", Text.of("All results", "전체 결과")))
        .append("><table>\n<thead><tr><th scope=\"col\">")
        .append(Markup.html(Text.of("Target", "대상")))
        .append("</th>");
    columns.forEach(
        c -> html.append("<th scope=\"col\">").append(Markup.html(c.head())).append("</th>"));
    html.append("<th scope=\"col\">")
        .append(Markup.html(Text.of("Judge", "심판")))
        .append("</th><th scope=\"col\">")
        .append(Markup.html(Text.of("Runs", "실행")))
        .append("</th></tr></thead>\n");
    for (String experiment : experiments()) {
      body(html, experiment, columns);
    }
    return html.append("</table></div>\n").toString();
  }

  private Set<String> experiments() {
    Set<String> names = new LinkedHashSet<>();
    for (Experiment experiment : Experiment.values()) {
      if (bench.has(experiment.id())) {
        names.add(experiment.id());
      }
    }
    bench.results().forEach(r -> names.add(r.key().experiment()));
    return names;
  }

  private void body(StringBuilder html, String experiment, List<Column> columns) {
    html.append("<tbody class=\"experiment\"><tr><th scope=\"rowgroup\" colspan=\"")
        .append(columns.size() + 3)
        .append("\"><span class=\"id\">")
        .append(Markup.escape(experiment))
        .append("</span><span class=\"title\">")
        .append(Markup.html(Experiment.titleOf(experiment)))
        .append("</span></th></tr>\n");
    for (Result result : bench.of(experiment)) {
      row(html, result, columns);
    }
    html.append("</tbody>\n");
  }

  private void row(StringBuilder html, Result result, List<Column> columns) {
    String style =
        result.violated()
            ? "wrong"
            : result.target().kind() == Target.Kind.PRODUCT ? "product" : "";
    html.append("<tr class=\"").append(style).append("\"><th scope=\"row\">");
    html.append(Markup.html(result.target().named()));
    if (!result.key().variant().isEmpty()) {
      html.append(" <span class=\"variant\">")
          .append(Markup.html(Words.variant(result.key().variant())))
          .append("</span>");
    }
    html.append("</th>");
    for (Column column : columns) {
      html.append("<td>").append(cell(column.cell().apply(result))).append("</td>");
    }
    html.append("<td class=\"words\">").append(judgement(result)).append("</td><td>");
    html.append(links(bench.runsOf(result.key()))).append("</td></tr>\n");
  }

  private static String cell(Text text) {
    String html = Markup.html(text);
    int spread = html.indexOf('[');
    return spread < 0
        ? html
        : html.substring(0, spread) + "<span class=\"range\">" + html.substring(spread) + "</span>";
  }

  private static String judgement(Result result) {
    if (!result.violated()) {
      String right = Markup.html(Words.judge(result));
      return result.judge() == Judgement.OK
          ? "<span class=\"right-word\">" + right + "</span>"
          : right;
    }
    Text said = result.counts().tooMany() > 0 ? Words.violation(result) : Words.judge(result);
    return Markup.html(said.join(" · ", Text.same(String.join("; ", result.violations()))));
  }

  private static String links(List<Run> runs) {
    List<String> links = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      String file = runs.get(i).file();
      links.add(
          "<a href=\"%s\" aria-label=\"%s\">%d</a>"
              .formatted(Markup.runLink(file), Markup.escape(file), i + 1));
    }
    return String.join(" ", links);
  }

  private List<Column> columns() {
    List<Column> all =
        List.of(
            new Column(Words.ACCEPTED, ResultTable::accepted),
            new Column(Words.OF_CEILING, r -> Words.share(r.speeds().ceilingRatio())),
            millis("p50 ms", "p50 ms", r -> r.latency().p50()),
            millis("p99 ms", "p99 ms", r -> r.latency().p99()),
            new Column(Words.REFUSED, r -> Words.rate(r.speeds().refused(), r)),
            millis("refused p50 ms", "거절 p50 ms", r -> r.latency().refusedP50()),
            millis("refused p99 ms", "거절 p99 ms", r -> r.latency().refusedP99()),
            new Column(Text.of("stored/s", "초당 저장"), r -> number(r.speeds().stored())),
            millis("all stored within ms", "모두 저장까지 ms", r -> r.counts().storedWithinMs()),
            count("lost by a kill", "죽이면 유실", r -> r.counts().lostByKill()),
            count("coupons", "발급된 쿠폰", r -> r.counts().coupons()),
            count("stock", "수량", r -> r.counts().stock()),
            new Column(Text.of("Redis commands", "Redis 명령"), r -> number(r.commandsPerRequest())),
            new Column(Text.of("round trips", "왕복"), r -> number(r.tripsPerRequest())),
            count("errors", "오류", r -> r.counts().errors()));
    return all.stream()
        .filter(c -> bench.results().stream().anyMatch(r -> !c.cell().apply(r).isEmpty()))
        .toList();
  }

  private static Text accepted(Result result) {
    Text rate = Words.rate(result.speeds().accepted(), result);
    Range range = result.speeds().acceptedRange();
    if (rate.isEmpty() || range == null) {
      return rate;
    }
    return rate.join(" ", Text.same("[" + range.dashed() + "]"));
  }

  private static Column millis(String en, String ko, Function<Result, @Nullable Double> value) {
    return new Column(
        Text.of(en, ko),
        r -> {
          Double millis = value.apply(r);
          return millis == null ? Text.NONE : Text.same(Numbers.millis(millis));
        });
  }

  private static Column count(String en, String ko, Function<Result, @Nullable Long> value) {
    return new Column(
        Text.of(en, ko),
        r -> {
          Long count = value.apply(r);
          return count == null ? Text.NONE : Text.same(Numbers.count(count));
        });
  }

  private static Text number(@Nullable Double value) {
    return value == null ? Text.NONE : Text.same(Numbers.rate(value));
  }
}
