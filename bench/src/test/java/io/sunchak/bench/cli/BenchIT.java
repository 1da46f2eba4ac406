package io.sunchak.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small bench as a person would run it: a real server, started by {@code ./sunchak}. */
class BenchIT {
  private static final String COMMAND = "sunchak.command";
  private static final String TINY =
      """
      kind: burst
      targets: [V3]
      runs: 1
      stock: 50
      users: 300
      tries: 1
      withinSeconds: null
      connections: 16
      warmupSeconds: 0
      idleSeconds: 0
      """;

  private static final String BARE =
      """
      kind: steady
      targets: [ceiling-netty]
      runs: 1
      winners: 0
      repeats: 0
      connections: 16
      warmupSeconds: 2
      measureSeconds: 1
      labUsers: 1
      drainHeld: false
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void command() throws IOException {
    System.setProperty(COMMAND, Path.of("../sunchak").toRealPath().toString());
  }

  @Test
  void a_run_is_made_judged_kept_and_not_made_again() throws IOException {
    Path workloads = Files.createDirectories(folder.resolve("workloads"));
    Files.writeString(workloads.resolve("tiny.yaml"), TINY);
    Path out = folder.resolve("out");

    String printed = bench(workloads, out);

    assertThat(printed).contains("tiny", "V3", "ok");
    JsonNode results = read(out.resolve("results.json"));
    assertThat(results.valueStream())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.path("target").asString()).isEqualTo("V3");
          assertThat(one.path("judge").asString()).isEqualTo("ok");
          assertThat(one.path("coupons").asLong()).isEqualTo(50);
          assertThat(one.path("acceptedPerSecond").asDouble()).isPositive();
          assertThat(one.path("redisCommandsPerRequest").asDouble()).isPositive();
        });
    Path file = out.resolve("runs/tiny.V3.1.json");
    JsonNode run = read(file);
    assertThat(run.path("accepted").asLong()).isEqualTo(50);
    assertThat(run.path("refused").path("SOLD_OUT").asLong()).isEqualTo(250);
    assertThat(run.path("series").path(0).path("remaining").asLong()).isEqualTo(50);
    assertThat(run.path("machine").path("cores").asInt()).isPositive();

    FileTime made = Files.getLastModifiedTime(file);
    bench(workloads, out);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(made);
    assertThat(out.resolve("report.html")).content().contains("tiny.V3.1.json");
  }

  @Test
  void the_bare_server_is_warmed_up_as_a_target_is_and_judged_by_nobody() throws IOException {
    Path workloads = Files.createDirectories(folder.resolve("workloads"));
    Files.writeString(workloads.resolve("bare.yaml"), BARE);
    Path out = folder.resolve("out");

    bench(workloads, out);

    JsonNode run = read(out.resolve("runs/bare.ceiling-netty.1.json"));
    assertThat(run.path("warmupSeconds").asDouble()).isEqualTo(2);
    assertThat(run.path("measuredSeconds").asDouble()).isBetween(1.0, 2.0);
    assertThat(run.path("refusedPerSecond").asDouble()).isPositive();
    assertThat(run.path("judge").asString()).isEqualTo("none");
  }

  private static String bench(Path workloads, Path out) {
    StringWriter printed = new StringWriter();
    int code =
        new CommandLine(new BenchMain())
            .setOut(new PrintWriter(printed))
            .execute("--workloads", workloads.toString(), "--out", out.toString());
    assertThat(code).isZero();
    return printed.toString();
  }

  private static JsonNode read(Path file) throws IOException {
    return JsonMapper.builder().build().readTree(Files.readString(file));
  }
}
