package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.loopback.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cache that {@code ./sunchak start} trains and uses, beside what this build has packaged. */
@Timeout(1200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AotCacheIT {
  private static final Duration TRAINING = Duration.ofMinutes(10);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final String USED = "Using AOT-linked classes: true";

  private Path root = Path.of("");
  private Path copy = Path.of("");
  private Path cache = Path.of("");

  /** What a build leaves, without a build. */
  @BeforeAll
  void layOut() throws IOException {
    Path folder = Files.createDirectories(Path.of("target/aot-cache"));
    root = Files.createTempDirectory(folder, "a clone ").toRealPath();
    Files.copy(Path.of("../sunchak"), root.resolve("sunchak"));
    for (String file : List.of("pom.xml", "server/pom.xml")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.createFile(root.resolve(file));
    }
    Files.createDirectories(root.resolve(".mvn"));
    Files.createDirectories(root.resolve("server/src/main"));
    copy = Files.createDirectories(root.resolve("target/run/server/copy.1"));
    Files.createDirectory(copy.resolve("lib"));
    copyJars(Path.of("target/lib"), copy.resolve("lib"));
    copyJars(Path.of("target"), copy);
    Files.createFile(copy.resolve("built"));
    Files.createSymbolicLink(copy.resolveSibling("current"), copy.getFileName());
    cache = copy.resolve(System.getProperty("java.runtime.version") + ".aot");
  }

  private static void copyJars(Path from, Path to) throws IOException {
    try (Stream<Path> jars = Files.list(from)) {
      for (Path jar :
          (Iterable<Path>) jars.filter(file -> file.toString().endsWith(".jar"))::iterator) {
        Files.copy(jar, to.resolve(jar.getFileName()));
      }
    }
  }

  @Test
  @Order(1)
  void two_first_starts_at_once_train_it_once_and_leave_nothing_behind() throws Exception {
    try (Typed one = new Typed("one");
        Typed two = new Typed("two")) {
      one.ready();
      two.ready();
      await("the training").atMost(TRAINING).until(() -> Files.exists(cache));

      assertThat(cache).isNotEmptyFile();
      await("its end").atMost(STOP).until(() -> !Files.exists(folder()) && trainings().isEmpty());
      assertThat(files(copy)).hasSize(5);
      one.stop();
      two.stop();
      assertThat(one.usedTheCache()).isFalse();
    }
  }

  @Test
  @Order(2)
  void the_next_start_runs_from_it() throws Exception {
    try (Typed next = new Typed("one")) {
      next.ready();
      next.stop();

      assertThat(next.usedTheCache()).isTrue();
      assertThat(next.process.errors()).isEmpty();
      assertThat(next.process.output()).doesNotContain("[aot]").startsWith("  sunchak ");
    }
  }

  /** What can be wrong with a cache. */
  enum Damage {
    CUT {
      @Override
      void to(AotCacheIT build) throws IOException {
        Files.write(build.cache, Arrays.copyOf(Files.readAllBytes(build.cache), 1 << 20));
      }
    },
    NO_CACHE_AT_ALL {
      @Override
      void to(AotCacheIT build) throws IOException {
        Files.writeString(build.cache, "not a cache");
      }
    },
    OF_OTHER_JARS {
      @Override
      void to(AotCacheIT build) throws IOException {
        for (Path jar : files(build.copy.resolve("lib"))) {
          Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        }
      }
    };

    abstract void to(AotCacheIT build) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  @Order(3)
  void one_that_does_not_fit_is_done_without_and_trained_again(Damage damage) throws Exception {
    damage.to(this);
    try (Typed next = new Typed("one")) {
      next.ready();
      await("a training").atMost(STOP).until(() -> Files.exists(folder()));
      next.stop();

      assertThat(next.usedTheCache()).isFalse();
      assertThat(next.process.errors()).isEmpty();
      assertThat(next.process.output()).doesNotContain("[aot]").startsWith("  sunchak ");
      assertThat(trainings()).as("processes of a training that was ended").isEmpty();
      assertThat(folder()).doesNotExist();
    }
  }

  private Path folder() {
    return cache.resolveSibling(cache.getFileName() + ".training");
  }

  private List<String> trainings() {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(folder().toString()))
        .toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** {@code ./sunchak start}, with what the JVM says about its cache in a file. */
  private final class Typed implements AutoCloseable {
    /** Without blanks, because the script splits the flags at them. */
    private final Path log = Path.of("target/aot-cache", "jvm-" + System.nanoTime() + ".log");

    private final ChildProcess process;

    Typed(String data) {
      process =
          ChildProcess.start(
              List.of(
                  root.resolve("sunchak").toString(),
                  "start",
                  "--port",
                  Integer.toString(LoopbackPorts.free()),
                  "--data-dir",
                  root.resolve(data).toString()),
              Map.of(
                  "JAVA_HOME",
                  System.getProperty("java.home"),
                  "SUNCHAK_JAVA_OPTS",
                  "-Xlog:aot:file=" + log),
              root.resolve("logs"));
    }

    void ready() {
      process.awaitOutput("Ctrl-C stops everything");
    }

    boolean usedTheCache() throws IOException {
      return Files.readString(log).contains(USED);
    }

    void stop() throws InterruptedException {
      process.terminate();
      assertThat(process.exitCode(STOP)).as(process::toString).isZero();
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
