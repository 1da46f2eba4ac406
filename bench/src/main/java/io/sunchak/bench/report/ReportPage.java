package io.sunchak.bench.report;

import io.sunchak.bench.report.Figure.Section;
import io.sunchak.bench.report.Verdict.Tile;
import java.util.List;

/**
 * The page as one file: nothing is fetched, and its own policy lets no script run but the one it
 * brings.
 */
final class ReportPage {
  private final Findings findings;
  private final String data;
  private final StringBuilder html = new StringBuilder();

  /**
   * The data is the text of {@code results.json}, kept in the page for whoever wants to reckon with
   * it.
   */
  ReportPage(Findings findings, String data) {
    this.findings = findings;
    this.data = data;
  }

  String html() {
    List<Section> sections = new Sections(findings).all();
    html.append(PageFrame.head());
    verdict();
    contents(sections);
    sections.forEach(this::section);
    table();
    html.append(ReadingGuide.html());
    html.append(PageFrame.foot(Sources.line(findings.runs()), data));
    return html.toString();
  }

  private void verdict() {
    Verdict verdict = Verdict.of(findings);
    html.append(
        "<div class=\"verdict%s\">\n<h1>%s<em>%s</em>%s</h1>\n"
            .formatted(
                verdict.wrong() ? " wrong" : "",
                Markup.html(verdict.before()),
                Markup.html(verdict.emphasis()),
                Markup.html(verdict.after())));
    if (!verdict.detail().isEmpty()) {
      html.append("<p>").append(Markup.html(verdict.detail())).append("</p>\n");
    }
    if (!verdict.tiles().isEmpty()) {
      html.append("<dl class=\"tiles\">\n");
      verdict.tiles().forEach(this::tile);
      html.append("</dl>\n");
    }
    html.append("<p class=\"made\">").append(Markup.html(Sources.facts(findings.runs())));
    html.append("</p>\n</div>\n");
    violations();
  }

  private void tile(Tile tile) {
    html.append(
        "<div class=\"tile%s\"><dt>%s</dt><dd>%s<small>%s</small></dd><dd class=\"under\">%s</dd></div>\n"
            .formatted(
                tile.bad() ? " bad" : "",
                Markup.html(tile.name()),
                Markup.html(tile.value()),
                Markup.html(tile.unit()),
                Markup.html(tile.under())));
  }

  private void violations() {
    List<Result> wrong = findings.results().stream().filter(Result::violated).toList();
    if (wrong.isEmpty()) {
      return;
    }
    html.append("<div class=\"found\"><h2>")
        .append(Markup.html(Text.of("✕ What the judge found", "✕ 심판이 찾아낸 위반")))
        .append("</h2><ul>\n");
    for (Result result : wrong) {
      html.append(
          "<li><b>%s</b> · <code>%s</code> · %s</li>\n"
              .formatted(
                  Markup.html(Phrases.name(result)),
                  Markup.escape(result.key().experiment()),
                  Markup.html(Phrases.allViolations(result))));
    }
    html.append("</ul><p>")
        .append(
            Markup.html(
                expected(wrong)
                    ? Text.of(
                        "V2 and drains 1 to 3 are kept because they are wrong, to show it. A violated run shows no speed.",
                        "V2와 drain 1~3은 틀린 방식임을 보이려고 남겨 두었다. 위반한 실행에는 속도를 싣지 않는다.")
                    : Text.of("A violated run shows no speed.", "위반한 실행에는 속도를 싣지 않는다.")))
        .append("</p></div>\n");
  }

  /** Whether only those failed that are kept to show that they fail. */
  private static boolean expected(List<Result> wrong) {
    return wrong.stream().allMatch(r -> r.key().target().matches("V2|drain-[123]"));
  }

  private void contents(List<Section> sections) {
    html.append("<nav class=\"toc\"")
        .append(Markup.attribute("aria-label", Text.of("Contents", "차례")))
        .append('>');
    sections.forEach(
        s -> html.append("<a href=\"#%s\">%s</a>".formatted(s.id(), Markup.html(s.title()))));
    html.append(
        "<a href=\"#table\">%s</a></nav>\n"
            .formatted(Markup.html(Text.of("All results", "전체 결과"))));
    List<String> absent = new Sections(findings).absent().stream().map(Experiment::id).toList();
    if (!absent.isEmpty()) {
      html.append("<p class=\"absent\">")
          .append(
              Markup.html(
                  Text.format(
                      "Not in these results: %s.", "이 결과에 없는 실험: %s.", String.join(", ", absent))))
          .append("</p>\n");
    }
    if (!findings.unreadable().isEmpty()) {
      html.append("<p class=\"absent bad-word\">")
          .append(
              Markup.html(
                  Text.format(
                      "✕ Run files that could not be read: %s.",
                      "✕ 읽지 못한 실행 파일: %s.", String.join(", ", findings.unreadable()))))
          .append("</p>\n");
    }
    html.append("<div id=\"results\"></div>\n");
  }

  private void section(Section section) {
    html.append(
        "<section id=\"%s\"><h2>%s</h2>\n".formatted(section.id(), Markup.html(section.title())));
    if (!section.reading().isEmpty()) {
      html.append("<p>").append(Markup.html(section.reading())).append("</p>\n");
    }
    section.figures().forEach(figure -> html.append(FigureHtml.of(figure)));
    if (section.id().equals(Sections.OTHERS)) {
      html.append(Rival.table());
    }
    html.append("</section>\n");
  }

  private void table() {
    html.append("<section id=\"table\"><h2>")
        .append(Markup.html(Text.of("All results", "전체 결과")))
        .append("</h2>\n<p>")
        .append(
            Markup.html(
                Text.of(
                    "Medians of the runs. Milliseconds; an empty cell was not measured.",
                    "실행들의 중앙값. 시간은 밀리초이며 빈 칸은 재지 않은 것이다.")))
        .append("</p>\n")
        .append(new ResultTable(findings).html())
        .append("<div class=\"tools\"><button type=\"button\" id=\"save\">")
        .append(Markup.html(Text.of("Save results.json", "results.json 저장")))
        .append("</button></div></section>\n");
  }
}
