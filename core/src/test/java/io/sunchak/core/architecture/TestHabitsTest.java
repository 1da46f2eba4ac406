package io.sunchak.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no test of any module does, read in the sources. */
class TestHabitsTest {
  private static final Path ROOT = Path.of("..");

  enum Habit {
    /**
     * When a {@code @BeforeAll} fails, JUnit still calls {@code @AfterAll}, which then meets fields
     * that nobody set, and its failure stands beside the true one. {@code @AutoClose} closes what
     * there is; what a constructor made is there, or there is no instance.
     */
    CLOSES_WHAT_WAS_PERHAPS_NEVER_OPENED(
        "(?s)@BeforeAll\\b.*@AfterAll\\b", "@BeforeAll start() { … } @AfterAll stop() { … }"),
    /** A link's own name is lost on the way, and a program may judge by its name what it does. */
    NAMES_A_PROGRAM_BY_ITS_PROCESS(
        "\\binfo\\(\\)\\s*\\.command\\b|Info::command\\b",
        "process.info().command().orElseThrow()");

    private final Pattern form;
    private final String example;

    Habit(String form, String example) {
      this.form = Pattern.compile(form);
      this.example = example;
    }

    boolean isIn(String source) {
      return form.matcher(source).find();
    }

    boolean isIn(Path source) {
      try {
        return isIn(Files.readString(source));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_test_has_it(Habit habit) throws IOException {
    assertThat(sources()).filteredOn(habit::isIn).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void bites(Habit habit) {
    assertThat(habit.isIn(habit.example)).isTrue();
  }

  @Test
  void the_tests_of_all_modules_are_looked_at() throws IOException {
    assertThat(sources()).hasSizeGreaterThan(200);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(TestHabitsTest::below)
          .filter(file -> !file.endsWith("TestHabitsTest.java"))
          .toList();
    }
  }

  private static Stream<Path> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
