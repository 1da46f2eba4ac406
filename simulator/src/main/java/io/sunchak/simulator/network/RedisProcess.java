package io.sunchak.simulator.network;

import io.sunchak.simulator.redis.MemoryRedis;
import io.sunchak.simulator.redis.store.RedisErrorException;
import io.sunchak.simulator.redis.store.Snapshot;
import io.sunchak.simulator.time.Host;
import io.sunchak.simulator.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Redis with {@code appendfsync always}: it runs the commands that have come, writes and syncs
 * its log once, and only then replies; meanwhile it runs nothing else. When it crashes, writes that
 * were not synced may be lost, from the last one back, each command or script as a whole. Not
 * thread-safe.
 */
public final class RedisProcess {
  private static final Duration QUICK_SYNC = Duration.ofNanos(400_000);
  private static final Duration SLOW_SYNC = Duration.ofMillis(300);
  private static final int SLOW_SYNCS = 60;
  private static final List<String> CLIENT_LIST = List.of("CLIENT", "LIST");

  private final Scheduler scheduler;
  private final Random random;
  private final Sync sync;
  private final MemoryRedis memory;
  private final Deque<Request> arrived = new ArrayDeque<>();
  private final Set<Connection> connections = new LinkedHashSet<>();
  private @Nullable Host process;
  private boolean syncing;
  private long synced;
  private int starts;

  /** One command of a connection. */
  record Request(Connection from, List<String> words, Reply reply) {
    /** Where the reply goes. */
    interface Reply {
      void send(@Nullable Object value);
    }
  }

  private record Answer(Request to, @Nullable Object value) {
    void send() {
      to.reply().send(value);
    }
  }

  /**
   * One that runs and is empty.
   *
   * @param script what it runs in the place of a script
   * @param sync when its log is synced
   */
  public RedisProcess(Scheduler scheduler, Random random, UnaryOperator<String> script, Sync sync) {
    this.scheduler = scheduler;
    this.random = random;
    this.sync = sync;
    this.memory = new MemoryRedis(scheduler, script);
    start();
  }

  /** The process; null when none runs. */
  @Nullable Host process() {
    return process;
  }

  /** What it holds now. */
  public MemoryRedis memory() {
    return memory;
  }

  /** Starts the process on what was kept. */
  public void start() {
    if (process == null) {
      process = new Host("redis-" + ++starts);
      synced = memory.writes();
      if (sync == Sync.EACH_SECOND) {
        syncEachSecond(process);
      }
    }
  }

  private void syncEachSecond(Host running) {
    scheduler.after(
        Duration.ofSeconds(1),
        running,
        () -> {
          synced = memory.writes();
          syncEachSecond(running);
        });
  }

  /** Kills the process: a part of what was not synced is lost. */
  public void crash() {
    Host running = process;
    if (running != null) {
      long unsynced = memory.writes() - synced;
      if (unsynced > 0) {
        memory.rollBackTo(synced + random.nextLong(unsynced + 1));
      }
      scheduler.kill(running);
      process = null;
      syncing = false;
      arrived.clear();
      memory.restart();
      List.copyOf(connections).forEach(Connection::die);
    }
  }

  /** It stands still. */
  public void pauseUntil(long time) {
    if (process != null) {
      process.pauseUntil(time);
    }
  }

  /** Another copy of the data takes its place, and with it another process. */
  public void become(Snapshot copy) {
    crash();
    memory.restore(copy);
    start();
  }

  /** Somebody deletes all keys. */
  public void wipe() {
    memory.call("FLUSHALL", List.of());
  }

  void opened(Connection connection) {
    connections.add(connection);
  }

  void closed(Connection connection) {
    connections.remove(connection);
  }

  /** A command has arrived at the process. */
  void arrive(Request request) {
    arrived.add(request);
    turn();
  }

  /** One round of its event loop, unless it is in one. */
  private void turn() {
    Host running = process;
    if (running == null || syncing || arrived.isEmpty()) {
      return;
    }
    syncing = true;
    scheduler.after(
        0,
        running,
        () -> {
          List<Answer> answers = new ArrayList<>();
          while (!arrived.isEmpty()) {
            Request request = arrived.remove();
            answers.add(new Answer(request, run(request.words())));
          }
          boolean waits = sync == Sync.BEFORE_REPLYING;
          if (!waits) {
            answers.forEach(Answer::send);
          }
          scheduler.after(
              sync == Sync.EACH_SECOND ? Duration.ZERO : syncTime(),
              running,
              () -> {
                if (sync != Sync.EACH_SECOND) {
                  synced = memory.writes();
                }
                if (waits) {
                  answers.forEach(Answer::send);
                }
                syncing = false;
                turn();
              });
        });
  }

  private Duration syncTime() {
    if (memory.writes() == synced) {
      return Duration.ZERO;
    }
    Duration most = random.nextInt(SLOW_SYNCS) == 0 ? SLOW_SYNC : QUICK_SYNC;
    return Duration.ofNanos(random.nextLong(most.toNanos()));
  }

  private @Nullable Object run(List<String> words) {
    if (words.equals(CLIENT_LIST)) {
      return connections.stream()
          .map(one -> "id=1 name=" + one.name() + " age=1\n")
          .collect(Collectors.joining());
    }
    try {
      return memory.call(words.getFirst(), words.subList(1, words.size()));
    } catch (RedisErrorException error) {
      return new Resp.Refusal(String.valueOf(error.getMessage()));
    }
  }
}
