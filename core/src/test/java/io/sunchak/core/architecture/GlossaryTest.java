package io.sunchak.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the glossary in {@code CONTRIBUTING.md} against the repository: each word's place in the
 * code exists, no word stands twice, and words that were given up have not come back.
 */
class GlossaryTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int MOST_LINES = 43;

  private static final Set<String> GIVEN_UP =
      Set.of(
          "align",
          "aligns",
          "aligned",
          "aligning",
          "aligner",
          "alignment",
          "keeper",
          "keepers",
          "attention",
          "attentions",
          "terms",
          "unheard",
          "bell",
          "bells",
          "door",
          "doors",
          "openings",
          "sitting",
          "sittings",
          "stony",
          "dear");

  /** What is written by hand in code, the dashboard's texts and documents. */
  private static final PathMatcher LOOKED_AT =
      FileSystems.getDefault()
          .getPathMatcher(
              "glob:{*.md,docs/**.md,*/src/*/java/**.java,*/src/main/resources/**.lua,"
                  + "*/src/main/resources/*.yaml,dashboard/src/text/*.ts}");

  private static final Set<String> NOT_ENTERED =
      Set.of("target", "node_modules", ".git", "static", "data", "bench-results");

  /** A run of small letters, with the capital that begins it: identifiers fall apart at humps. */
  private static final Pattern WORD = Pattern.compile("\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?\\p{Ll}+");

  private record Row(String word, String korean, String place) {}

  @Test
  void each_word_has_its_place_in_the_code() throws IOException {
    assertThat(glossary())
        .hasSizeGreaterThan(25)
        .allSatisfy(row -> assertThat(exists(row.place())).as(row.toString()).isTrue());
  }

  @Test
  void each_thing_has_one_word() throws IOException {
    assertThat(glossary().stream().map(Row::word)).doesNotHaveDuplicates();
    assertThat(glossary().stream().map(Row::korean)).doesNotHaveDuplicates();
  }

  @Test
  void it_can_be_read_at_a_glance() throws IOException {
    assertThat(glossary()).hasSizeLessThanOrEqualTo(MOST_LINES - 2);
  }

  @Test
  void words_that_were_given_up_do_not_return() throws IOException {
    List<Path> files = files();
    assertThat(files).hasSizeGreaterThan(900);
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      Set<String> words = givenUp(Files.readString(file));
      if (!words.isEmpty()) {
        found.add(ROOT.relativize(file) + ": " + words);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void a_word_is_found_within_an_identifier_and_not_within_another_word() {
    assertThat(givenUp("class CampaignKeeper { int DOOR_COUNT; } // aligned"))
        .containsExactly("aligned", "door", "keeper");
    assertThat(givenUp("outdoors, bookkeeper's, an opening")).isEmpty();
  }

  private static Set<String> givenUp(String text) {
    Set<String> words = new TreeSet<>();
    WORD.matcher(text)
        .results()
        .map(word -> word.group().toLowerCase(Locale.ROOT))
        .filter(GIVEN_UP::contains)
        .forEach(words::add);
    return words;
  }

  /** The rows of the one table whose last column is a place in the code. */
  private static List<Row> glossary() throws IOException {
    return Files.readAllLines(ROOT.resolve("CONTRIBUTING.md")).stream()
        .filter(line -> line.startsWith("| ") && line.endsWith("` |"))
        .map(line -> line.split("\\|", -1))
        .map(cells -> new Row(cells[1].strip(), cells[2].strip(), cells[4].strip()))
        .toList();
  }

  /** Whether {@code `module.package.Class`} or {@code `module.package`} is there. */
  private static boolean exists(String place) {
    String dotted = place.substring(1, place.length() - 1);
    String module = dotted.substring(0, dotted.indexOf('.'));
    Path at =
        ROOT.resolve(module).resolve("src/main/java/io/sunchak").resolve(dotted.replace('.', '/'));
    return Stream.of(at, at.resolveSibling(at.getFileName() + ".java")).anyMatch(Files::exists);
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_ENTERED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (LOOKED_AT.matches(ROOT.relativize(file)) && !file.endsWith("GlossaryTest.java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
