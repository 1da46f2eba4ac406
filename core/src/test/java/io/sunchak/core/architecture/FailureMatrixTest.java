package io.sunchak.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.architecture.FailureMatrix.Language;
import io.sunchak.core.architecture.FailureMatrix.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each row of the failure matrix has tests that exist, or says why it has none, and the tables of
 * {@code docs/reliability.md} and its Korean twin are what the rows make. {@code
 * -Dsunchak.write=true} writes them.
 */
class FailureMatrixTest {
  private static final boolean WRITE = Boolean.getBoolean("sunchak.write");
  private static final Path ROOT = Path.of("..");
  private static final String BEGIN = "<!-- FailureMatrixTest writes this table -->\n";
  private static final String END = "<!-- end -->\n";

  /** Letter by letter, how many rows there are. */
  private static final List<String> ROWS =
      Stream.of(
              rows("A", 8),
              rows("R", 12),
              rows("P", 8),
              rows("N", 2),
              rows("C", 4),
              rows("K", 1),
              rows("D", 1),
              rows("X", 3),
              rows("F", 1),
              rows("S", 14))
          .flatMap(List::stream)
          .toList();

  private static List<String> rows(String letter, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> letter + i).toList();
  }

  @Test
  void no_row_is_missing() throws IOException {
    assertThat(FailureMatrix.read().rows()).extracting(Row::id).isEqualTo(ROWS);
  }

  @Test
  void each_row_has_a_test_or_says_why_not_in_both_languages() throws IOException {
    assertThat(FailureMatrix.read().rows())
        .allSatisfy(row -> {
          assertThat(row.fault().values()).doesNotContain("");
          assertThat(row.tests().isEmpty() && row.rest().containsValue("")).isFalse();
          assertThat(row.rest().values().stream().map(String::isEmpty).distinct()).hasSize(1);
        });
  }

  @Test
  void each_test_that_is_named_exists() throws IOException {
    assertThat(files().keySet())
        .containsAll(
            FailureMatrix.read().rows().stream().flatMap(row -> row.tests().stream()).toList());
  }

  @ParameterizedTest
  @EnumSource
  void the_page_has_the_table_that_the_rows_make(Language language) throws IOException {
    String page = Files.readString(language.page());
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END, from);
    assertThat(to).as("the place of the table in %s", language.page()).isNotNegative();
    String made =
        page.substring(0, from)
            + FailureMatrix.read().table(language, files())
            + page.substring(to);
    if (WRITE) {
      Files.writeString(language.page(), made);
    }
    assertThat(Files.readString(language.page())).isEqualTo(made);
  }

  /** Where each test class stands: by its name where no other has it, and by module and name. */
  private static Map<String, Path> files() throws IOException {
    Map<String, Path> files = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(FailureMatrixTest::tests)
          .forEach(file -> {
            files.put(file.getName(0) + "/" + name(file), file);
            if (files.put(name(file), file) != null) {
              ambiguous.add(name(file));
            }
          });
    }
    files.keySet().removeAll(ambiguous);
    return files;
  }

  private static Stream<Path> tests(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
          .map(ROOT::relativize)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replace(".java", "");
  }
}
