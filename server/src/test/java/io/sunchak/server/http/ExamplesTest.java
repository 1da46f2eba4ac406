package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.OpenApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code examples/http} has every call of the API, and none that is not there. */
class ExamplesTest {
  private static final Path FOLDER = Path.of("..", "examples", "http");
  private static final Pattern REQUEST =
      Pattern.compile("^([A-Z]+) \\{\\{host}}(/[^?\\s]*)", Pattern.MULTILINE);

  private final List<String> examples = examples();
  private final List<String> calls =
      OpenApi.get().calls().stream().filter(call -> call.contains(" /api/")).toList();

  @Test
  void each_call_has_an_example() {
    assertThat(calls).hasSizeGreaterThan(25);
    assertThat(calls)
        .allSatisfy(call -> assertThat(examples).anyMatch(example -> isOf(call, example)));
  }

  @Test
  void each_example_is_a_call() {
    assertThat(examples)
        .allSatisfy(example -> assertThat(calls).anyMatch(call -> isOf(call, example)));
  }

  /** A variable of the call is a variable or a name in the example. */
  private static boolean isOf(String call, String example) {
    String one = example.replaceAll("\\{\\{[^}]*}}", "x");
    return one.matches(call.replace(".", "[.]").replaceAll("\\{[^}]*}", "[\\\\w-]+"));
  }

  private static List<String> examples() {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        Matcher request = REQUEST.matcher(Files.readString(file));
        while (request.find()) {
          found.add(request.group(1) + " " + request.group(2));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
