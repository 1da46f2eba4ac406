package io.sunchak.bench.ceiling;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.sunchak.bench.subject.Engines;
import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** How many users a second the reserve script itself accepts, durably, without HTTP before it. */
public final class RedisCeiling {
  private static final int FIXED_ARGUMENTS = 6;
  private static final String LEDGER = "ceiling";
  private static final String EPOCH = "1";
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private final RedisAsyncCommands<String, String> redis;
  private final String script;
  private final String slot;
  private long users;

  private RedisCeiling(RedisAsyncCommands<String, String> redis, String script, String slot) {
    this.redis = redis;
    this.script = script;
    this.slot = slot;
  }

  /**
   * Accepted users a second.
   *
   * @param group users a call
   * @param inFlight calls without an answer at any time
   */
  public static double measure(Engines engines, int group, int inFlight, Duration time)
      throws InterruptedException {
    RedisClient client = RedisClient.create(engines.redisUri());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisAsyncCommands<String, String> redis = connection.async();
      String script = redis.scriptLoad(source()).get();
      open(redis, script, "{c:warm}").run(group, inFlight, WARM_UP);
      return open(redis, script, "{c:open}").run(group, inFlight, time);
    } catch (ExecutionException e) {
      throw new CommandException("Redis refused: " + e.getMessage(), "run it again");
    } finally {
      client.shutdown();
    }
  }

  private static byte[] source() {
    try (InputStream in = RedisCeiling.class.getResourceAsStream("/lua/reserve.lua")) {
      if (in == null) {
        throw new CommandException("the reserve script is not on the class path", "build again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new CommandException("the reserve script cannot be read", "build again");
    }
  }

  /** A campaign as a resync leaves it. */
  private static RedisCeiling open(
      RedisAsyncCommands<String, String> redis, String script, String slot)
      throws InterruptedException, ExecutionException {
    Map<String, String> meta =
        Map.of(
            "ledger", LEDGER,
            "epoch", EPOCH,
            "version", "1",
            "total", "unlimited",
            "seq", "0",
            "drained", "0",
            "state", "OPEN",
            "opens", "0",
            "closes", "4102444800000");
    redis.hset(slot + ":meta", meta).get();
    return new RedisCeiling(redis, script, slot);
  }

  private double run(int group, int inFlight, Duration time)
      throws InterruptedException, ExecutionException {
    ArrayDeque<Future<String>> waiting = new ArrayDeque<>();
    long started = System.nanoTime();
    long end = started + time.toNanos();
    long answered = 0;
    while (System.nanoTime() - end < 0) {
      while (waiting.size() < inFlight) {
        waiting.add(call(group));
      }
      requireAccepted(waiting.remove().get());
      answered += group;
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    for (Future<String> last : List.copyOf(waiting)) {
      last.get();
    }
    return answered / seconds;
  }

  private CompletableFuture<String> call(int group) {
    List<String> arguments = new ArrayList<>(FIXED_ARGUMENTS + group);
    arguments.addAll(List.of(LEDGER, EPOCH, "", "", Long.toString(Long.MAX_VALUE), ""));
    for (int i = 0; i < group; i++) {
      arguments.add("u" + users++);
    }
    String[] keys = {slot + ":meta", slot + ":issued", slot + ":log"};
    return redis
        .<String>evalsha(script, ScriptOutputType.VALUE, keys, arguments.toArray(String[]::new))
        .toCompletableFuture();
  }

  private static void requireAccepted(String reply) {
    if (!reply.startsWith("OK ") || !reply.endsWith(" +")) {
      throw new CommandException("the reserve script said " + reply, "run it again");
    }
  }
}
