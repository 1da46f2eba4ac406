package io.sunchak.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each fault that was found is planted, or names a test that holds it. */
final class FaultsFoundTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void each_is_planted_or_has_a_test() throws IOException {
    Set<String> holding = tests();
    Cases.all().forEach(one -> holding.add("'" + one.name() + "'"));
    List<String[]> rows =
        Files.readAllLines(Path.of("src/test/resources/faults-found.txt")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" \\| ", -1))
            .toList();
    assertThat(rows)
        .hasSizeGreaterThan(10)
        .allSatisfy(row -> assertThat(holding).containsAll(heldBy(row[1])));
  }

  private static List<String> heldBy(String words) {
    return words.startsWith("'") ? List.of(words) : Arrays.asList(words.split(" ", -1));
  }

  private static Set<String> tests() throws IOException {
    Set<String> found = new HashSet<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.toList()) {
        Path folder = module.resolve("src/test/java");
        if (Files.isDirectory(folder)) {
          try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> found.add(file.getFileName().toString().replace(".java", "")));
          }
        }
      }
    }
    return found;
  }
}
