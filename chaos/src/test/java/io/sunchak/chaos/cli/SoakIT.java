package io.sunchak.chaos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.chaos.testing.ChangedScripts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shortest soaks: of the product, and of one whose script leaves something behind. */
class SoakIT {
  private static final String JVM = "-Xms256m -Xmx256m";
  private static final String SHORT = "0.1";

  @TempDir private Path folder;

  @BeforeAll
  static void command() throws IOException {
    System.setProperty("sunchak.command", Path.of("../sunchak").toRealPath().toString());
  }

  @Test
  void campaigns_in_a_row_are_kept_and_leave_nothing_behind() throws IOException {
    StringWriter printed = new StringWriter();
    int code = run(JVM, printed, SHORT);

    assertThat(code).as(printed.toString()).isZero();
    assertThat(printed.toString())
        .contains("open descriptors", "threads", "heap", "resident", "Redis' data", " an hour")
        .contains("all kept, nothing grew");
    List<String> lines = Files.readAllLines(folder.resolve("soak-7.jsonl"));
    assertThat(lines).hasSizeGreaterThanOrEqualTo(4);
    assertThat(lines)
        .allSatisfy(line -> {
          JsonNode campaign = JsonMapper.builder().build().readTree(line);
          assertThat(campaign.path("accepted").asLong()).isEqualTo(campaign.path("stock").asLong());
          assertThat(campaign.path("measured").path("descriptors").asLong()).isPositive();
          assertThat(campaign.path("measured").path("heap").asLong()).isPositive();
        });
    assertThat(folder.resolve("soak-7")).doesNotExist();
  }

  @Test
  void a_script_that_leaves_a_key_for_each_group_is_found() throws IOException {
    String leak =
        "redis.call('HSET', string.gsub(KEYS[1], 'meta$', 'leak') .. tostring(seq), 'x',"
            + " string.rep('x', 9999))\n";
    ChangedScripts scripts =
        new ChangedScripts(folder)
            .replace("reserve", "redis.call('XADD'", leak + "redis.call('XADD'");
    StringWriter printed = new StringWriter();
    int code = run(JVM + " " + scripts.flag(), printed, SHORT);

    assertThat(code).as(printed.toString()).isEqualTo(1);
    assertThat(printed.toString()).contains("GROWS: REDIS", "NOT CLEAN").doesNotContain("VIOLATED");
  }

  @Test
  void a_wrong_time_is_one_sentence() {
    StringWriter printed = new StringWriter();
    assertThat(run(JVM, printed, "0")).isEqualTo(2);
    assertThat(printed.toString()).startsWith("--minutes must be more than 0");
  }

  private int run(String jvm, StringWriter printed, String minutes) {
    CommandLine line = SoakMain.line(jvm);
    line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
    return line.execute("--minutes", minutes, "--seed", "7", "--out", folder.toString());
  }
}
