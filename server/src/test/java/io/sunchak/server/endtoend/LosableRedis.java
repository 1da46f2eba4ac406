package io.sunchak.server.endtoend;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.embedded.loopback.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A Redis of its own, with safe settings, that can come back without what it promised last. The
 * same program as the shared one's.
 */
public final class LosableRedis implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path program;
  private final Path home;
  private final int port = LoopbackPorts.free();
  private final List<String> settings;
  private Process process;

  /** Starts empty. */
  public LosableRedis(EmbeddedEngines engines, Path home) {
    this(engines, home, List.of());
  }

  /** Starts empty, with these settings too, as on its command line. */
  public LosableRedis(EmbeddedEngines engines, Path home, List<String> settings) {
    this.program = engines.redis().program();
    this.home = home;
    this.settings = settings;
    this.process = launch("data");
  }

  /** How Redis loses what it has not copied. */
  public enum Loss {
    /** Everything goes, and no connection notices. */
    FLUSHED,
    /** It dies, and comes back on an older copy of its directory. */
    OLDER_COPY,
    /** It dies, and in its place comes a replica that had fallen behind. */
    LAGGING_REPLICA
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Keeps what it holds now, for {@link #lose}. */
  public void keepCopy() throws IOException {
    FileTree.copy(home.resolve("data"), home.resolve("copy"));
  }

  /**
   * Loses all that it took since {@link #keepCopy}; with {@code FLUSHED} what it had before, too.
   */
  public void lose(Loss loss) throws IOException {
    switch (loss) {
      case FLUSHED -> ask(uri(), RedisCommands::flushall);
      case OLDER_COPY -> {
        kill();
        FileTree.copy(home.resolve("copy"), home.resolve("data"));
        process = launch("data");
      }
      case LAGGING_REPLICA -> {
        kill();
        int behind = LoopbackPorts.free();
        Process lagging = launch("copy", behind, List.of());
        FileTree.delete(home.resolve("data"));
        process = launch("data", port, List.of("--replicaof", "127.0.0.1", "" + behind));
        await("it is in step with the lagging one")
            .atMost(LIMIT)
            .until(() -> info().contains("master_link_status:up"));
        ask(uri(), RedisCommands::replicaofNoOne);
        lagging.destroyForcibly();
      }
    }
  }

  private String info() {
    return ask(uri(), redis -> redis.info("replication"));
  }

  private void kill() {
    process.destroyForcibly().onExit().join();
  }

  private Process launch(String data) {
    return launch(data, port, List.of());
  }

  private Process launch(String data, int at, List<String> more) {
    try {
      Path dir = Files.createDirectories(home.resolve(data));
      List<String> command = new ArrayList<>();
      command.add(program.toString());
      command.addAll(List.of("--port", Integer.toString(at), "--bind", "127.0.0.1"));
      command.addAll(List.of("--dir", dir.toAbsolutePath().toString(), "--save", ""));
      command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
      command.addAll(
          List.of("--maxmemory-policy", "noeviction", "--repl-diskless-sync-delay", "0"));
      command.addAll(settings);
      command.addAll(more);
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(home.resolve(data + ".log").toFile()))
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      await("redis answers").atMost(LIMIT).until(() -> answers("redis://127.0.0.1:" + at));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answers(String uri) {
    try {
      return ask(uri, RedisCommands::ping).equals("PONG");
    } catch (RedisException notYet) {
      return false;
    }
  }

  private static <T> T ask(String uri, Function<RedisCommands<String, String>, T> question) {
    try (RedisClient client = RedisClient.create(uri)) {
      return question.apply(client.connect().sync());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
