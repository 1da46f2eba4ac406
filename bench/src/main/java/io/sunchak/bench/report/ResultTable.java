package io.sunchak.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every result: a table an experiment, the judge's word before any figure, and only the columns
 * that hold anything.
 */
record ResultTable(Findings findings) {

  private record Column(Text head, String style, Function<Result, Text> cell) {}

  private static final List<Column> ALL =
      List.of(
          new Column(Phrases.ACCEPTED, "", r -> Phrases.rate(r.speeds().accepted(), r)),
          new Column(
              Text.of("least–greatest", "최소–최대"), "range", r -> range(r.speeds().acceptedRange())),
          new Column(Phrases.REFUSED, "", r -> Phrases.rate(r.speeds().refused(), r)),
          new Column(
              Text.of("least–greatest", "최소–최대"), "range", r -> range(r.speeds().refusedRange())),
          new Column(Phrases.OF_CEILING, "", r -> Phrases.share(r.speeds().ceilingRatio())),
          millis("p50 ms", "p50 ms", r -> r.latency().p50()),
          millis("p99 ms", "p99 ms", r -> r.latency().p99()),
          millis("refused p50", "거절 p50", r -> r.latency().refusedP50()),
          millis("refused p99", "거절 p99", r -> r.latency().refusedP99()),
          new Column(Text.of("stored/s", "초당 저장"), "", r -> number(r.speeds().stored())),
          millis("all stored, ms", "모두 저장, ms", r -> r.counts().storedWithinMs()),
          count("lost by a kill", "죽이면 유실", r -> r.counts().lostByKill()),
          count("coupons", "발급", r -> r.counts().coupons()),
          count("of stock", "수량", r -> r.counts().stock()),
          new Column(
              Text.of("Redis commands", "Redis 명령"), "", r -> number(r.commandsPerRequest())),
          new Column(Text.of("round trips", "왕복"), "", r -> number(r.tripsPerRequest())),
          count("errors", "오류", r -> r.counts().errors()));

  String html() {
    StringBuilder html = new StringBuilder();
    for (String experiment : experiments()) {
      table(html, experiment, findings.of(experiment));
    }
    return html.toString();
  }

  /** In the order of the page; those it does not know come last. */
  private Set<String> experiments() {
    Set<String> names = new LinkedHashSet<>();
    for (Experiment experiment : Experiment.values()) {
      if (findings.has(experiment.id())) {
        names.add(experiment.id());
      }
    }
    findings.results().forEach(r -> names.add(r.key().experiment()));
    return names;
  }

  private void table(StringBuilder html, String experiment, List<Result> results) {
    List<Column> columns =
        ALL.stream()
            .filter(c -> results.stream().anyMatch(r -> !c.cell().apply(r).isEmpty()))
            .toList();
    html.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\"")
        .append(Markup.attribute("aria-label", Text.same(experiment)))
        .append("><table>\n<caption><code>")
        .append(Markup.escape(experiment))
        .append("</code><span>")
        .append(Markup.html(Experiment.titleOf(experiment)))
        .append("</span></caption>\n<thead><tr>");
    head(html, "words", Text.of("target", "대상"));
    head(html, "words", Text.of("judge", "심판"));
    columns.forEach(c -> head(html, c.style(), c.head()));
    head(html, "", Text.of("runs", "실행"));
    html.append("</tr></thead>\n<tbody>\n");
    results.forEach(r -> row(html, r, columns));
    html.append("</tbody></table></div>\n");
  }

  private static void head(StringBuilder html, String style, Text head) {
    html.append("<th scope=\"col\" class=\"%s\">%s</th>".formatted(style, Markup.html(head)));
  }

  private void row(StringBuilder html, Result result, List<Column> columns) {
    boolean product = result.legend().kind() == Legend.Kind.PRODUCT;
    String style = result.violated() ? "wrong" : product ? "product" : "";
    html.append("<tr class=\"%s\"><th scope=\"row\">".formatted(style));
    html.append(Markup.html(result.legend().named()));
    if (!result.key().variant().isEmpty()) {
      html.append(" <span class=\"variant\">")
          .append(Markup.html(Phrases.variant(result.key().variant())))
          .append("</span>");
    }
    html.append("</th><td class=\"words\">").append(judgement(result)).append("</td>");
    for (Column column : columns) {
      String cell = Markup.html(column.cell().apply(result));
      html.append("<td class=\"%s\">%s</td>".formatted(column.style(), cell));
    }
    html.append("<td>").append(links(findings.runsOf(result.key()))).append("</td></tr>\n");
  }

  private static String judgement(Result result) {
    return switch (result.judge()) {
      case OK -> "<span class=\"right-word\">" + Markup.html(Phrases.judge(result)) + "</span>";
      case NONE -> Markup.html(Phrases.judge(result));
      case VIOLATED -> Markup.html(Text.same("✕ ").join("", Phrases.allViolations(result)));
    };
  }

  private static String links(List<RunFile> runs) {
    List<String> links = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      String file = runs.get(i).file();
      links.add(
          "<a href=\"%s\" aria-label=\"%s\">%d</a>"
              .formatted(Markup.runLink(file), Markup.escape(file), i + 1));
    }
    return String.join(" ", links);
  }

  private static Text range(@Nullable Range range) {
    return range == null ? Text.NONE : Text.same(range.dashed());
  }

  private static Column millis(String en, String ko, Function<Result, @Nullable Double> value) {
    return new Column(
        Text.of(en, ko),
        "",
        r -> {
          Double millis = value.apply(r);
          return millis == null ? Text.NONE : Text.same(Numbers.millis(millis));
        });
  }

  private static Column count(String en, String ko, Function<Result, @Nullable Long> value) {
    return new Column(
        Text.of(en, ko),
        "",
        r -> {
          Long count = value.apply(r);
          return count == null ? Text.NONE : Text.same(Numbers.count(count));
        });
  }

  private static Text number(@Nullable Double value) {
    return value == null ? Text.NONE : Text.same(Numbers.rate(value));
  }
}
