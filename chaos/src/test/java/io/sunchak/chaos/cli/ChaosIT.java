package io.sunchak.chaos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A few cycles as a person would run them. {@code -Dsunchak.cycles=n} runs more. */
class ChaosIT {
  private static final String CYCLES = System.getProperty("sunchak.cycles", "3");
  private static final String SEED = System.getProperty("sunchak.seed", "2000");

  @TempDir private Path folder;

  @BeforeAll
  static void command() throws IOException {
    System.setProperty("sunchak.command", Path.of("../sunchak").toRealPath().toString());
  }

  @Test
  void every_promise_outlives_seeded_faults() throws IOException {
    StringWriter printed = new StringWriter();
    int code = run(printed, "--cycles", CYCLES, "--seed", SEED, "--out", folder.toString());

    assertThat(code).as(printed.toString()).isZero();
    assertThat(printed.toString())
        .contains("redis-killed", "seed " + SEED, " kept", CYCLES + " cycles from seed " + SEED);
    List<String> lines = Files.readAllLines(folder.resolve("chaos-" + SEED + ".jsonl"));
    assertThat(lines).hasSize(Integer.parseInt(CYCLES));
    assertThat(lines)
        .allSatisfy(line -> {
          JsonNode cycle = JsonMapper.builder().build().readTree(line);
          assertThat(cycle.path("schedule").size()).isBetween(1, 4);
          assertThat(cycle.path("accepted").asLong()).isPositive();
          assertThat(cycle.path("checked").asLong()).isPositive();
          assertThat(cycle.path("violations").isEmpty()).isTrue();
        });
    assertThat(folder.resolve("cluster-" + SEED + "-1")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "100001"})
  void a_wrong_number_of_cycles_is_one_sentence(String cycles) {
    StringWriter printed = new StringWriter();
    assertThat(run(printed, "--cycles", cycles)).isEqualTo(2);
    assertThat(printed.toString()).startsWith("--cycles must be 1 to 100,000");
  }

  private static int run(StringWriter printed, String... arguments) {
    CommandLine line = ChaosMain.line();
    line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
    return line.execute(arguments);
  }
}
