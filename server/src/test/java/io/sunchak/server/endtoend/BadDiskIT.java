package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sunchak.core.testing.Campaigns;
import io.sunchak.judge.Invocation;
import io.sunchak.load.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engines' disk becomes slow, fails, or is full, in the middle of a drop. */
@Timeout(600)
class BadDiskIT {
  private static final int USERS = 900;
  private static final int CONNECTIONS = 24;
  private static final Duration CALL = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration SYNC = Duration.ofMillis(300);
  private static final String SECRET = "of the server on a full disk, long enough";

  private Path home = Path.of("");

  /** What is done to the server while users press. */
  private interface Deed {
    void run() throws Exception;
  }

  @BeforeEach
  void makeHome() throws IOException {
    Path folder = Files.createDirectories(Path.of("target/kill"));
    home = Files.createTempDirectory(folder, "disk-").toAbsolutePath();
  }

  /** Nobody hears of a coupon before its sync has ended, and the kill costs nobody one. */
  @Test
  void a_kill_while_each_sync_is_slow_loses_nothing() throws Exception {
    onServer((crowd, redis) -> {
      try (SyncFault _ = SyncFault.slow(redis, SYNC)) {
        CompletableFuture<Void> pressing = crowd.press(1, USERS);
        await().atMost(LIMIT).until(() -> crowd.answered() > USERS / 3);
        assertThat(crowd.history())
            .filteredOn(asked -> asked.result() instanceof Invocation.Ok)
            .isNotEmpty()
            .allMatch(asked -> asked.completed() - asked.invoked() >= SYNC.toNanos());
        ProcessHandle.of(redis).ifPresent(ProcessHandle::destroyForcibly);
        pressing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
    });
  }

  /** Redis cannot know then what is on the disk; it ends, and is started on what is. */
  @Test
  void a_sync_that_fails_ends_redis_and_loses_nothing() throws Exception {
    onServer((crowd, redis) -> {
      CompletableFuture<Void> failed = new CompletableFuture<>();
      crowd.at(USERS / 3, () -> aside(failed, () -> SyncFault.failing(redis)));
      CompletableFuture<Void> pressing = crowd.press(1, USERS);
      failed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      await("Redis has ended")
          .atMost(LIMIT)
          .until(() -> ProcessHandle.of(redis).filter(ProcessHandle::isAlive).isEmpty());
      pressing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    });
  }

  /** What all press for, and the process of the Redis whose syncs are disturbed. */
  private interface Play {
    void on(Crowd crowd, long redis) throws Exception;
  }

  private void onServer(Play play) throws Exception {
    assumeTrue(SyncFault.isPossible(), SyncFault.NEEDED);
    try (RunningStart server =
            RunningStart.on(home.resolve("data"), List.of(), Map.of()).awaitReady();
        ApiClient client = new ApiClient(server.url(), CONNECTIONS, CALL)) {
      Crowd crowd = new Crowd(Campaigns.open(USERS), server.signer(), List.of(client)).open();
      play.on(crowd, server.enginePid("redis"));
      assertAllHold(crowd, server.data());
    }
  }

  /** Both engines and the server share it. */
  @Test
  void a_full_disk_refuses_everybody_until_there_is_room_and_loses_nothing() throws Exception {
    SmallDisk disk = new SmallDisk(home.resolve("data"));
    assumeTrue(SmallDisk.isPossible(home.resolve("trial")), SmallDisk.NEEDED);
    Map<String, String> environment = Map.of("SUNCHAK_TOKEN_SECRET", SECRET);
    try (RunningStart server =
            RunningStart.within(disk.command(), home.resolve("data"), environment).awaitReady();
        ApiClient client = new ApiClient(server.url(), CONNECTIONS, CALL)) {
      long pid = server.process().pid();
      Crowd crowd = new Crowd(Campaigns.open(USERS), server.signer(), List.of(client)).open();
      crowd.press(1, USERS / 3).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      disk.fill(pid);
      CompletableFuture<Void> pressing = crowd.press(USERS / 3 + 1, USERS);
      await("the disk is noticed").atMost(LIMIT).until(() -> refusals(crowd) > CONNECTIONS);
      server.process().awaitOutput("redis: java.io.IOException: No space left on device");
      disk.free(pid);
      pressing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertAllHold(crowd, disk.seen(pid));
    }
  }

  private static int refusals(Crowd crowd) {
    return crowd.answers().entrySet().stream()
        .filter(kind -> kind.getKey().startsWith("503 "))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static void assertAllHold(Crowd crowd, Path data) throws IOException {
    try (BothSides sides = BothSides.of(data)) {
      assertThat(crowd.assertPromiseKept(sides, "none").rows()).hasSize(USERS);
    }
  }

  /** The thread that heard an answer has others to hear. */
  private static void aside(CompletableFuture<Void> done, Deed deed) {
    Thread.startVirtualThread(() -> {
      try {
        deed.run();
        done.complete(null);
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    });
  }
}
