package io.sunchak.embedded.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.Engine;
import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Patience;
import io.sunchak.embedded.engine.EngineProgram;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.process.LaunchThread;
import io.sunchak.embedded.redis.EmbeddedRedis;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.Processes;
import io.sunchak.embedded.testing.Resp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis whose start is hampered. */
final class SupervisorIT {
  @TempDir(factory = BesideBinaries.class)
  Path root;

  @AutoClose private final LaunchThread thread = new LaunchThread();
  @AutoClose private DataDirectory data;
  private HamperedEngine engine;

  @BeforeEach
  void prepare() throws IOException {
    data = DataDirectory.open(root);
    engine =
        new HamperedEngine(
            EmbeddedRedis.prepare(data, LaunchPrefix.probe(), EngineOptions.defaults()));
  }

  @Test
  void a_port_lost_between_choosing_and_starting_is_replaced() throws IOException {
    AtomicInteger lost = new AtomicInteger();
    try (ServerSocket taker = new ServerSocket()) {
      engine.before(port -> {
        lost.set(port);
        taker.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      });
      Supervisor supervisor = supervisor();
      supervisor.start();
      assertThat(supervisor.isUp()).isTrue();
      assertThat(supervisor.port()).isPositive().isNotEqualTo(lost.get());
      supervisor.stop();
    }
  }

  @Test
  void a_restart_goes_on_trying_through_every_failure() throws IOException {
    Supervisor supervisor = supervisor();
    supervisor.start();
    int port = supervisor.port();
    engine.before(p -> {
      throw new IOException("first");
    });
    engine.before(p -> {
      throw new IllegalStateException("second");
    });
    engine.before(p -> {
      throw new EngineException("third");
    });
    Processes.kill(supervisor.pid());
    awaitRestart(supervisor, 1);
    assertThat(supervisor.port()).isEqualTo(port);
    supervisor.stop();
  }

  @Test
  void a_data_directory_deleted_under_redis_is_made_anew() throws IOException {
    Supervisor supervisor = supervisor();
    supervisor.start();
    FileTree.delete(data.redis());
    Processes.kill(supervisor.pid());
    awaitRestart(supervisor, 1);
    assertThat(data.redis()).isDirectory();
    supervisor.stop();
  }

  @Test
  void what_the_starts_before_said_stays_in_the_log() throws IOException {
    Supervisor supervisor = supervisor();
    supervisor.start();
    Processes.kill(supervisor.pid());
    awaitRestart(supervisor, 1);
    supervisor.stop();
    assertThat(Files.readString(data.run().resolve("redis.log")))
        .containsSubsequence("Ready to accept connections", "Ready to accept connections");
  }

  @Test
  void a_log_that_has_grown_long_is_put_aside_and_no_more_than_one_is_kept() throws IOException {
    Path log = data.run().resolve("redis.log");
    Files.writeString(log, "Address already in use\n" + "x".repeat(2 << 20));
    Supervisor supervisor = supervisor();
    supervisor.start();
    supervisor.stop();
    assertThat(log).content().contains("Ready to accept connections").doesNotContain("xxx");
    assertThat(data.run().resolve("redis.log.old")).content().startsWith("Address already in use");
  }

  @Test
  void an_engine_that_loads_for_longer_than_a_start_may_take_is_waited_for() throws IOException {
    Supervisor first = supervisor();
    first.start();
    String uri = "redis://:" + data.secrets().redisPassword() + "@127.0.0.1:" + first.port();
    Resp.ask(uri, "EVAL", "for i = 1, 40000 do redis.call('SET', 'key-' .. i, 'x') end", "0");
    first.stop();
    // 0.3 ms a command: twelve seconds at least, where four are allowed.
    engine.arguments = List.of("--key-load-delay", "300");
    Supervisor slow = supervisor(Duration.ofSeconds(4));
    slow.start();
    slow.stop();
  }

  @Test
  void an_engine_that_cannot_start_is_told_with_its_last_words() {
    engine.arguments = List.of("--appendfsync", "sometimes");
    Supervisor supervisor = supervisor();
    assertThatThrownBy(supervisor::start)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("redis ended with code 1, its last words:")
        .hasMessageContaining("appendfsync");
    supervisor.stop();
  }

  private Supervisor supervisor() {
    return supervisor(Duration.ofSeconds(20));
  }

  private Supervisor supervisor(Duration start) {
    Patience patience = new Patience(start, Duration.ofSeconds(5));
    return new Supervisor(
        new EngineLaunch(engine, data.run(), thread), EngineOptions.defaults().with(patience));
  }

  private static void awaitRestart(Supervisor supervisor, int restarts) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> supervisor.restarts() == restarts && supervisor.isUp());
  }

  private interface Stone {
    void at(int port) throws IOException;
  }

  /** Meets one stone, if there is one left, on each way to a start. */
  private static final class HamperedEngine implements Engine {
    private final Engine engine;
    private final Queue<Stone> stones = new ArrayDeque<>();
    private List<String> arguments = List.of();

    HamperedEngine(Engine engine) {
      this.engine = engine;
    }

    synchronized void before(Stone stone) {
      stones.add(stone);
    }

    @Override
    public void clear() throws IOException {
      engine.clear();
    }

    @Override
    public synchronized ProcessBuilder command(int port) throws IOException {
      ProcessBuilder command = engine.command(port);
      command.command().addAll(arguments);
      Stone stone = stones.poll();
      if (stone != null) {
        stone.at(port);
      }
      return command;
    }

    @Override
    public String role() {
      return engine.role();
    }

    @Override
    public EngineProgram program() {
      return engine.program();
    }

    @Override
    public boolean ready(int port) {
      return engine.ready(port);
    }

    @Override
    public boolean loading(int port) {
      return engine.loading(port);
    }

    @Override
    public String stopSignal() {
      return engine.stopSignal();
    }
  }
}
