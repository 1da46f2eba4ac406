package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.embedded.testing.EnginesExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the demo is seeded, and what a start without a terminal says. */
@ExtendWith(EnginesExtension.class)
@Timeout(300)
class FirstScreenIT {
  private static final String BEGIN_OF_A_TOKEN = "eyJ";

  private Path data = Path.of("");

  @BeforeEach
  void choose() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/first-screen"));
    data = Files.createTempDirectory(folder, "start-").resolve("data").toAbsolutePath();
  }

  @Test
  void its_own_engines_get_the_demo_and_the_log_no_token() throws Exception {
    try (RunningStart start = RunningStart.with(data, List.of(), Map.of()).awaitReady()) {
      assertThat(start.process().output())
          .contains("seeded: demo-chicken", "token --user you --data-dir " + pasted(data) + ")")
          .doesNotContain(BEGIN_OF_A_TOKEN);
      assertThat(start.process().errors()).doesNotContain(BEGIN_OF_A_TOKEN);
      assertThat(campaigns(start)).contains("demo-coffee");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ko.md"})
  void the_curl_it_prints_is_the_one_that_is_written(String readme) throws Exception {
    try (RunningStart start = RunningStart.with(data, List.of(), Map.of()).awaitReady()) {
      String printed =
          start
              .process()
              .output()
              .lines()
              .filter(line -> line.contains("Try it:"))
              .map(line -> line.substring(line.indexOf("curl")))
              .map(line -> line.replace(start.url().toString(), "http://127.0.0.1:8080"))
              .map(line -> line.replace(" --data-dir " + pasted(data), ""))
              .findFirst()
              .orElseThrow();
      assertThat(Files.readAllLines(Path.of("..", readme))).contains(printed);
    }
  }

  @Test
  void given_engines_get_nothing_that_nobody_asked_for(EmbeddedEngines engines) throws Exception {
    try (RunningStart start = RunningStart.with(data, List.of(), given(engines)).awaitReady()) {
      assertThat(start.process().output()).doesNotContain("demo", BEGIN_OF_A_TOKEN);
      assertThat(campaigns(start)).doesNotContain("demo-coffee");
    }
  }

  @Test
  void given_engines_get_the_demo_when_it_is_asked_for() throws Exception {
    try (RunningStart engines =
            RunningStart.with(data, List.of("--no-demo"), Map.of()).awaitReady();
        RunningStart start =
            RunningStart.with(data.resolveSibling("second"), List.of("--demo"), given(engines))
                .awaitReady()) {
      assertThat(engines.process().output()).doesNotContain("demo");
      assertThat(start.process().output()).contains("seeded: demo-chicken");
    }
  }

  private static String campaigns(RunningStart start) throws Exception {
    URI list = start.url().resolve("/api/v1/campaigns?limit=1000");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
    }
  }

  static Map<String, String> given(EmbeddedEngines engines) {
    PostgresLogin owner = engines.postgresOwner();
    return Map.of(
        "SUNCHAK_REDIS_URL", engines.redisServerUri(),
        "SUNCHAK_POSTGRES_URL", engines.jdbcUrl(),
        "SUNCHAK_POSTGRES_USER", owner.user(),
        "SUNCHAK_POSTGRES_PASSWORD", owner.password(),
        "SUNCHAK_TOKEN_SECRET", "x".repeat(32));
  }

  private static Map<String, String> given(RunningStart other) throws Exception {
    var secrets = io.sunchak.embedded.directory.Secrets.read(other.data());
    Path run = other.data().resolve("run");
    return Map.of(
        "SUNCHAK_REDIS_URL",
        "redis://sunchak:%s@127.0.0.1:%s"
            .formatted(
                secrets.redisServerPassword(), Files.readString(run.resolve("redis.port")).strip()),
        "SUNCHAK_POSTGRES_URL",
        BothSides.jdbcUrl(other.data()),
        "SUNCHAK_POSTGRES_USER",
        "sunchak_owner",
        "SUNCHAK_POSTGRES_PASSWORD",
        secrets.postgresOwnerPassword(),
        "SUNCHAK_TOKEN_SECRET",
        "x".repeat(32));
  }

  /** As a shell reads it back. */
  private static String pasted(Path folder) {
    String name = folder.toString();
    return name.matches("[\\w./-]+") ? name : "'" + name + "'";
  }
}
