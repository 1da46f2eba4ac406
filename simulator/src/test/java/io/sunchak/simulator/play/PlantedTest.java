package io.sunchak.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.simulator.redis.equivalence.ProductScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that would not notice a fault of the product prove nothing when they notice none. Prints how
 * each planted bug was noticed; {@code -Dsunchak.write=true} writes the table of the documents.
 */
final class PlantedTest {
  private static final String BEGIN = "<!-- PlantedTest writes this table -->\n";
  private static final String END = "<!-- end -->\n";

  @ParameterizedTest
  @MethodSource("io.sunchak.simulator.play.Cases#all")
  void is_noticed(Case one) throws InterruptedException {
    Runs.on(() -> {
      int run = 0;
      Report report;
      do {
        run++;
        report = one.play(run, one.bug());
      } while (!one.isShownBy(report) && run < one.runs());
      System.out.printf("planted: %s: run %d: %s%n", one, run, report.found());
      assertThat(report).as(one.row()).matches(one::isShownBy);
      for (long earlier = 1; earlier <= run; earlier++) {
        long seed = earlier;
        assertThat(one.covered())
            .as("what another rule covers for shows nothing alone")
            .noneMatch(bug -> one.isShownBy(one.play(seed, bug)));
      }
      return run;
    });
  }

  @ParameterizedTest
  @EnumSource
  void a_bug_of_the_scripts_changes_one(ScriptBug bug) {
    assertThat(ProductScripts.all().values())
        .anySatisfy(text -> assertThat(bug.script(text)).isNotEqualTo(text));
  }

  @Test
  void each_of_the_matrix_is_planted() {
    assertThat(Cases.all()).extracting(Case::name).doesNotHaveDuplicates().hasSizeGreaterThan(17);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reliability.md", "reliability.ko.md"})
  void the_page_lists_them(String name) throws IOException {
    Path file = Path.of("../docs", name);
    String page = Files.readString(file);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    from = page.indexOf("|---|---|---|---|\n", from) + "|---|---|---|---|\n".length();
    int to = page.indexOf(END, from);
    String rows = Cases.all().stream().map(Case::row).collect(Collectors.joining());
    String made = page.substring(0, from) + rows + page.substring(to);
    if (Boolean.getBoolean("sunchak.write")) {
      Files.writeString(file, made);
    }
    assertThat(Files.readString(file)).isEqualTo(made);
  }
}
