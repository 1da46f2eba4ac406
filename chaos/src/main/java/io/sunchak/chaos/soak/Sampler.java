package io.sunchak.chaos.soak;

import io.lettuce.core.RedisClient;
import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.cluster.ServerChild;
import io.sunchak.embedded.process.Command;
import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes {@link Sample}s: from {@code /proc}, from the JVM by {@code jcmd}, and from Redis. */
final class Sampler {
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final Pattern HEAP = Pattern.compile("heap .*?used (\\d+)K", Pattern.DOTALL);
  private static final Pattern REDIS = Pattern.compile("used_memory_dataset:(\\d+)");
  private static final long KILO = 1_024;

  private final Cluster cluster;
  private final ServerChild server;
  private final long start = System.nanoTime();

  /** {@code server} is the one whose process lives as long as the soak. */
  Sampler(Cluster cluster, ServerChild server) {
    this.cluster = cluster;
    this.server = server;
  }

  Sample take(long coupons) {
    String pid = Long.toString(server.pid());
    jcmd(pid, "GC.run");
    long heap = number(HEAP, jcmd(pid, "GC.heap_info")) * KILO;
    return new Sample(
        Duration.ofNanos(System.nanoTime() - start),
        descriptors(pid),
        status(pid, "Threads"),
        heap,
        status(pid, "VmRSS") * KILO,
        redis(),
        coupons);
  }

  private static String jcmd(String pid, String question) {
    Command.Result result = Command.run(List.of(JCMD.toString(), pid, question));
    if (!result.ok()) {
      throw new CommandException(
          "the server's heap cannot be read: " + result.output(), "run it with a whole JDK");
    }
    return result.output();
  }

  private static long descriptors(String pid) {
    try (Stream<Path> open = Files.list(Path.of("/proc", pid, "fd"))) {
      return open.count();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static long status(String pid, String field) {
    try {
      return number(
          Pattern.compile(field + ":\\s+(\\d+)"),
          Files.readString(Path.of("/proc", pid, "status")));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static CommandException unreadable(IOException cause) {
    return new CommandException(
        "the server's process cannot be read: " + cause.getMessage(), "a soak needs Linux");
  }

  private long redis() {
    try (RedisClient client = RedisClient.create(cluster.engines().redisUri())) {
      return number(REDIS, client.connect().sync().info("memory"));
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new CommandException("no " + pattern + " in: " + text, "report it, please");
    }
    return Long.parseLong(found.group(1));
  }
}
