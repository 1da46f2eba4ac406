package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.files.FileTree;
import io.sunchak.embedded.loopback.LoopbackPorts;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * What a newcomer types, typed: {@code ./sunchak}, from a copy of the sources, since the script
 * builds what is stale and must not do so in the folders of the build that runs this test.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StartIT {
  private static final Duration BUILD = Duration.ofMinutes(8);
  private static final Set<String> LEFT_OUT = Set.of("target", "node_modules", ".git", "data");

  private final Path copy = Path.of("target/start").toAbsolutePath();
  private final Path data = copy.resolve("shop");
  private final int port = LoopbackPorts.free();
  @AutoClose private ChildProcess server;

  @BeforeAll
  void start() throws IOException {
    FileTree.delete(copy); // of an earlier run, whose sources may have gone
    copySources(Path.of("..").toRealPath());
    server = sunchak("start", "--port", Integer.toString(port), "--data-dir", data.toString());
    server.awaitOutput("Ctrl-C stops everything", BUILD);
  }

  private void copySources(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(copy.resolve(root.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                copy.resolve(root.relativize(file)),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private ChildProcess sunchak(String... words) {
    List<String> command = new ArrayList<>(List.of(copy.resolve("sunchak").toString()));
    command.addAll(List.of(words));
    return ChildProcess.start(
        command, Map.of("JAVA_HOME", System.getProperty("java.home")), copy.resolve("logs"));
  }

  /** Runs a command to its end. */
  private ChildProcess ran(int exit, String... words) throws InterruptedException {
    ChildProcess process = sunchak(words);
    assertThat(process.exitCode(BUILD)).as(process::toString).isEqualTo(exit);
    return process;
  }

  @Test
  void the_first_screen_says_what_there_is() {
    assertThat(server.output())
        .containsPattern("sunchak \\S+ · JDK \\d+ · (redis|valkey) .* · postgres 18")
        .contains("seeded: demo-chicken opens in 30 s · demo-coffee open · demo-sold-out")
        .contains("http://127.0.0.1:" + port + "/swagger-ui.html")
        .doesNotContain("#token=", "eyJ");
  }

  @Test
  void the_printed_curl_issues_a_coupon() throws Exception {
    String curl =
        server
            .output()
            .lines()
            .filter(line -> line.contains("curl -X POST"))
            .map(line -> line.substring(line.indexOf("curl")))
            .findFirst()
            .orElseThrow();
    ChildProcess pasted =
        ChildProcess.start(List.of("sh", "-c", curl), Map.of(), copy.resolve("logs"));

    assertThat(pasted.exitCode(Duration.ofSeconds(30))).isZero();
    assertThat(pasted.output())
        .contains("\"campaignId\":\"demo-coffee\"", "\"userId\":\"you\"", "\"state\":\"ACCEPTED\"");
  }

  @Test
  void token_prints_tokens_and_nothing_else() throws Exception {
    String token = "[\\w-]+\\.[\\w-]+\\.[\\w-]+";
    assertThat(ran(0, "token", "--data-dir", data.toString(), "--user", "u1").output())
        .matches(token + "\\R");
    assertThat(ran(0, "token", "--data-dir", data.toString(), "--user", "a", "--admin").output())
        .matches(token + "\\R");
    assertThat(
            ran(0, "token", "--data-dir", data.toString(), "--users", "10", "--prefix", "u")
                .output()
                .lines())
        .hasSize(10)
        .allMatch(line -> line.matches(token));
  }

  @Test
  void a_drop_is_run_and_judged() throws Exception {
    String report =
        ran(0, "drop", "--data-dir", data.toString(), "--users", "2000", "--stock", "200", "--json")
            .output();

    assertThat(report).contains("\"accepted\":200,", "\"rows\":200,", "\"judge\":\"ok\"");
  }

  @Test
  void doctor_says_what_it_found_as_json() throws Exception {
    assertThat(ran(0, "doctor", "--data-dir", data.toString(), "--json").output())
        .startsWith("{")
        .contains("\"jdk\":{");
  }

  @Test
  void a_second_start_on_the_same_data_is_refused_in_one_line() throws Exception {
    ChildProcess second =
        ran(1, "start", "--port", Integer.toString(port), "--data-dir", data.toString());

    assertThat(second.errors().lines()).hasSize(1).first().asString().contains("is in use by");
  }

  @Test
  void a_port_that_is_taken_is_named_in_one_line() throws Exception {
    ChildProcess other =
        ran(
            1,
            "start",
            "--port",
            Integer.toString(port),
            "--data-dir",
            copy.resolve("b").toString());

    assertThat(other.errors().lines())
        .hasSize(1)
        .first()
        .asString()
        .contains("port " + port + " is taken", "--port");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void asked_to_end_it_stops_in_order() throws Exception {
    server.terminate();

    assertThat(server.exitCode(Duration.ofSeconds(10))).isZero();
  }
}
