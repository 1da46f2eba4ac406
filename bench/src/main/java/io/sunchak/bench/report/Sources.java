package io.sunchak.bench.report;

import java.util.List;
import java.util.function.Function;

/** Where figures come from: in a line, and file by file. */
final class Sources {
  private Sources() {}

  /** Number of runs, commits, dates and machines, each named once. */
  static Text line(List<RunFile> runs) {
    if (runs.isEmpty()) {
      return Text.of("Source: results.json, no run file", "출처: results.json (실행 파일 없음)");
    }
    Text count =
        runs.size() == 1
            ? Text.same(runs.getFirst().file())
            : Text.format("%s run files", "실행 파일 %s개", Numbers.count(runs.size()));
    return Text.format("Source: %s", "출처: %s", count).join(" · ", facts(runs));
  }

  /** Commit, date and machine, without the files. */
  static Text facts(List<RunFile> runs) {
    if (runs.isEmpty()) {
      return Text.NONE;
    }
    String where = each(runs, r -> r.provenance().machine());
    return Text.format(
        "commit %s · %s · %s",
        "커밋 %s · %s · %s",
        each(runs, r -> r.provenance().commit()),
        each(runs, r -> r.provenance().date()),
        where);
  }

  static String each(List<RunFile> runs, Function<RunFile, String> fact) {
    return String.join(" / ", runs.stream().map(fact).distinct().sorted().toList());
  }

  static String html(List<RunFile> runs) {
    if (runs.isEmpty()) {
      return "<figcaption>" + Markup.html(line(runs)) + "</figcaption>\n";
    }
    StringBuilder html = new StringBuilder("<figcaption><details><summary>");
    html.append(Markup.html(line(runs))).append("</summary><ul>\n");
    for (RunFile run : runs) {
      html.append(
          "<li><a class=\"run\" href=\"%s\">%s</a> %s · %s</li>\n"
              .formatted(
                  Markup.runLink(run.file()),
                  Markup.escape(run.file()),
                  Markup.escape(run.provenance().commit()),
                  Markup.escape(run.provenance().startedAt())));
    }
    return html.append("</ul></details></figcaption>\n").toString();
  }
}
