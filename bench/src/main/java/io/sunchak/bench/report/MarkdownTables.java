package io.sunchak.bench.report;

import java.util.function.Function;

/** The README's tables: issuing, draining, and the product's own moments. */
record MarkdownTables(Markdown page) {

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(page.in(Text.of("Measured on ", "측정: ")))
        .append(each(r -> r.provenance().date()))
        .append(page.in(Text.of(" at commit ", ", 커밋 ")))
        .append(each(r -> r.provenance().commit()))
        .append(page.in(Text.of(" on ", ", 머신 ")))
        .append(each(r -> r.provenance().machine()))
        .append(
            page.in(
                Text.of(
                    ", load generator beside the server. Median [least–greatest] of the runs; each number links to its run. ",
                    ", 같은 머신에서 부하 생성. 실행들의 중앙값 [최솟값–최댓값]이며 숫자마다 원본 실행으로 이어집니다. ")))
        .append(
            "[results.json](%1$s/results.json) · [runs](%1$s/runs)\n\n".formatted(page.folder()));
    text.append(new IssuingTable(page).markdown());
    text.append(new DrainingTable(page).markdown());
    text.append(new MomentsTable(page).markdown());
    return text.toString();
  }

  private String each(Function<RunFile, String> what) {
    return Markdown.escape(Sources.each(page.findings().runs(), what));
  }
}
