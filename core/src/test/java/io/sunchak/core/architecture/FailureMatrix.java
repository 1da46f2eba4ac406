package io.sunchak.core.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of {@code failure-matrix.txt}, and the table that they make. */
final class FailureMatrix {
  private static final Path FILE = Path.of("src/test/resources/failure-matrix.txt");
  private static final String NONE = "none";

  private final List<Row> rows;

  FailureMatrix(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /**
   * A fault and what covers it.
   *
   * @param fault in the page's language
   * @param tests names of test classes, after their module where two have a name; empty where there
   *     is none
   * @param rest what is left out, or why there is no test; may be empty
   */
  record Row(
      String id, Map<Language, String> fault, List<String> tests, Map<Language, String> rest) {
    static Row of(String line) {
      String[] cells = line.split("\\|", -1);
      if (cells.length != 6) {
        throw new IllegalArgumentException("six cells are wanted: " + line);
      }
      String tests = cells[3].strip();
      return new Row(
          cells[0].strip(),
          Map.of(Language.ENGLISH, cells[1].strip(), Language.KOREAN, cells[2].strip()),
          tests.equals(NONE) ? List.of() : List.of(tests.split(" ")),
          Map.of(Language.ENGLISH, cells[4].strip(), Language.KOREAN, cells[5].strip()));
    }
  }

  /** A page's language, and the head of its table. */
  enum Language {
    ENGLISH(
        "docs/reliability.md", "| | fault | tests | not tried, or why there is no test |", "none"),
    KOREAN("docs/reliability.ko.md", "| | 고장 | 테스트 | 시험하지 않은 것, 또는 테스트가 없는 이유 |", "없음");

    private final String page;
    private final String head;
    private final String none;

    Language(String page, String head, String none) {
      this.page = page;
      this.head = head;
      this.none = none;
    }

    Path page() {
      return Path.of("..").resolve(page);
    }
  }

  static FailureMatrix read() throws IOException {
    try (Stream<String> lines = Files.lines(FILE)) {
      return new FailureMatrix(lines.filter(line -> !line.startsWith("#")).map(Row::of).toList());
    }
  }

  List<Row> rows() {
    return rows;
  }

  /** In Markdown; each class is linked with its file. */
  String table(Language language, Map<String, Path> files) {
    String body =
        rows.stream()
            .map(row ->
                "| %s | %s | %s | %s |\n"
                    .formatted(
                        row.id(),
                        row.fault().get(language),
                        row.tests().isEmpty() ? language.none : links(row, files),
                        row.rest().get(language)))
            .collect(Collectors.joining());
    return language.head + "\n|---|---|---|---|\n" + body;
  }

  private static String links(Row row, Map<String, Path> files) {
    return row.tests().stream()
        .map(name -> "[%s](../%s)".formatted(name.replaceFirst(".*/", ""), files.get(name)))
        .collect(Collectors.joining(" "));
  }
}
