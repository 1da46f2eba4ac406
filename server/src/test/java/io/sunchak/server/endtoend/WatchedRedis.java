package io.sunchak.server.endtoend;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.sentinel.api.sync.RedisSentinelCommands;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.loopback.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A primary and two replicas, with safe settings, and three Sentinels that watch them. */
final class WatchedRedis implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NAME = "shop";
  private static final int REDISES = 3;

  private final Path program;
  private final Path home;
  private final int[] redis = ports();
  private final int[] sentinels = ports();
  private final List<Process> redisProcesses = new ArrayList<>();
  private final List<Process> sentinelProcesses = new ArrayList<>();

  /** Starts empty; returns when each Sentinel knows all. */
  WatchedRedis(EmbeddedEngines engines, Path home) {
    this.program = engines.redis().program();
    this.home = home;
    for (int i = 0; i < REDISES; i++) {
      redisProcesses.add(redis(i, redis[0]));
    }
    await("the replicas are in step")
        .atMost(LIMIT)
        .until(() -> onlineReplicas(redis[0]) == REDISES - 1);
    for (int i = 0; i < REDISES; i++) {
      sentinelProcesses.add(sentinel(i));
    }
    for (int port : sentinels) {
      await("Sentinel knows all").atMost(LIMIT).until(() -> knowsAll(port));
    }
  }

  private static int[] ports() {
    return IntStream.generate(LoopbackPorts::free).limit(REDISES).toArray();
  }

  String uri() {
    return IntStream.of(sentinels)
        .mapToObj(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(",", "redis-sentinel://", "#" + NAME));
  }

  /** That of the primary, as Sentinel says. */
  String primaryUri() {
    return "redis://127.0.0.1:" + redis[primary()];
  }

  /** Which one is the primary. */
  int primary() {
    return await("a primary").atMost(LIMIT).until(this::named, i -> i >= 0);
  }

  private int named() {
    try {
      InetSocketAddress now =
          (InetSocketAddress) sentinel(sentinels[0], asked -> asked.getMasterAddrByName(NAME));
      return IntStream.range(0, REDISES)
          .filter(i -> redis[i] == now.getPort())
          .findFirst()
          .orElse(-1);
    } catch (RedisException away) {
      return -1;
    }
  }

  /** The other two. */
  List<Integer> replicasOf(int primary) {
    return IntStream.range(0, REDISES).filter(i -> i != primary).boxed().toList();
  }

  /** Waits until Sentinel names another one than this. */
  void awaitFailover(int from) {
    await("a failover").atMost(LIMIT).until(() -> named() >= 0 && named() != from);
  }

  /** {@code KILL}, {@code STOP} or {@code CONT}. */
  void signal(int which, String signal) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + redisProcesses.get(which).pid())
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts one that was killed, as a replica of the primary. */
  void again(int which) {
    redisProcesses.get(which).onExit().join();
    redisProcesses.set(which, redis(which, redis[primary()]));
  }

  /**
   * What was sent to it and not read is lost: one that was stopped, and just goes on, reads it when
   * its primary is long dead.
   */
  void dieAndComeBack(int which) {
    signal(which, "KILL");
    again(which);
  }

  /** Waits until the primary has both replicas. */
  void awaitReplicas() {
    await("both replicas are in step")
        .atMost(LIMIT)
        .until(() -> onlineReplicas(redis[primary()]) == REDISES - 1);
  }

  private static long onlineReplicas(int port) {
    try {
      return ask(port, redis -> redis.info("replication"))
          .lines()
          .filter(line -> line.matches("slave\\d.*state=online.*"))
          .count();
    } catch (RedisException away) {
      return -1;
    }
  }

  private Process redis(int which, int primary) {
    List<String> settings = new ArrayList<>();
    settings.addAll(List.of("--save", "", "--appendonly", "yes", "--appendfsync", "always"));
    settings.addAll(List.of("--repl-diskless-sync-delay", "0"));
    if (redis[which] != primary) {
      settings.addAll(List.of("--replicaof", "127.0.0.1", Integer.toString(primary)));
    }
    return launch("redis-" + which, redis[which], "", settings);
  }

  private Process sentinel(int which) {
    String config =
        """
        sentinel monitor %1$s 127.0.0.1 %2$d 2
        sentinel down-after-milliseconds %1$s 1000
        sentinel failover-timeout %1$s 5000
        """
            .formatted(NAME, redis[0]);
    return launch("sentinel-" + which, sentinels[which], config, List.of("--sentinel"));
  }

  private Process launch(String name, int port, String config, List<String> more) {
    try {
      Path dir = Files.createDirectories(home.resolve(name)).toAbsolutePath();
      Path file = Files.writeString(dir.resolve("redis.conf"), config);
      List<String> command = new ArrayList<>();
      command.addAll(List.of(program.toString(), file.toString()));
      command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
      command.addAll(List.of("--dir", dir.toString()));
      command.addAll(more);
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(home.resolve(name + ".log").toFile()))
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean knowsAll(int sentinel) {
    try {
      Map<String, String> known = sentinel(sentinel, asked -> asked.master(NAME));
      String others = Integer.toString(REDISES - 1);
      return others.equals(known.get("num-slaves"))
          && others.equals(known.get("num-other-sentinels"));
    } catch (RedisException away) {
      return false;
    }
  }

  private static <T> T sentinel(
      int port, Function<RedisSentinelCommands<String, String>, T> question) {
    try (RedisClient client = RedisClient.create()) {
      return question.apply(client.connectSentinel(RedisURI.create("127.0.0.1", port)).sync());
    }
  }

  private static <T> T ask(int port, Function<RedisCommands<String, String>, T> question) {
    try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + port + "?timeout=2s")) {
      return question.apply(client.connect().sync());
    }
  }

  @Override
  public void close() {
    sentinelProcesses.forEach(Process::destroyForcibly);
    redisProcesses.forEach(Process::destroyForcibly);
  }
}
