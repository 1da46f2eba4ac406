package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.load.ApiClient;
import io.sunchak.server.testing.RawSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server with little memory, and more requests before it than that holds, while Redis does not
 * answer.
 */
@Timeout(600)
class SmallHeapIT {
  private static final String SMALL = "-Xmx160m";
  private static final String TOO_SMALL = "-Xmx64m";

  /** The exit code of {@code ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  private static final int USERS = 2_000;
  private static final int CONNECTIONS = 24;
  private static final int FLOODING = 1_000;
  private static final int AT_ONCE = 100;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong heard = new AtomicLong();

  private Path home = Path.of("");

  @BeforeEach
  void makeHome() throws IOException {
    Path folder = Files.createDirectories(Path.of("target/kill"));
    home = Files.createTempDirectory(folder, "heap-").toAbsolutePath();
  }

  @Test
  void more_requests_than_memory_are_shed_and_nothing_is_lost() throws Exception {
    try (RunningStart server =
            RunningStart.flagged(home.resolve("data"), List.of(SMALL)).awaitReady();
        ApiClient client = new ApiClient(server.url(), CONNECTIONS, CALL)) {
      Crowd crowd = new Crowd(Campaigns.open(USERS), server.signer(), List.of(client)).open();
      Crowd other = new Crowd(Campaigns.open(1), server.signer(), List.of(client)).open();
      signal(server, "STOP");
      CompletableFuture<Void> flood = flood(server, other);
      CompletableFuture<Void> pressing = crowd.press(1, USERS);
      await("refusals").atMost(LIMIT).until(() -> heard.get() > FLOODING * AT_ONCE);
      signal(server, "CONT");
      pressing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      over.set(true);
      flood.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

      assertThat(server.process().output() + server.process().errors())
          .doesNotContain("OutOfMemory");
      assertAllHold(crowd, server);
    }
  }

  /** What went on without the threads that memory was missing for would answer nobody. */
  @Test
  void a_heap_too_small_for_that_ends_the_server_and_nothing_is_lost() throws Exception {
    try (RunningStart server =
            RunningStart.flagged(home.resolve("data"), List.of(TOO_SMALL)).awaitReady();
        ApiClient client = new ApiClient(server.url(), CONNECTIONS, CALL)) {
      Crowd crowd = new Crowd(Campaigns.open(USERS), server.signer(), List.of(client)).open();
      crowd.press(1, USERS / 2).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      Crowd other = new Crowd(Campaigns.open(1), server.signer(), List.of(client)).open();
      signal(server, "STOP");
      CompletableFuture<Void> flood = flood(server, other);
      CompletableFuture<Void> pressing = crowd.press(USERS / 2 + 1, USERS);
      assertThat(server.process().exitCode(LIMIT)).isEqualTo(OUT_OF_MEMORY);
      over.set(true);
      flood.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      server.again();
      pressing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertAllHold(crowd, server);
    }
  }

  private static void assertAllHold(Crowd crowd, RunningStart server) throws IOException {
    try (BothSides sides = BothSides.of(server.data())) {
      assertThat(crowd.assertPromiseKept(sides, "none").rows()).hasSize(USERS);
    }
  }

  /** In a campaign of its own, so that nobody in it is of the crowd. */
  private CompletableFuture<Void> flood(RunningStart server, Crowd other) {
    return CompletableFuture.allOf(
        IntStream.range(0, FLOODING)
            .mapToObj(i -> flood(server, other.campaign().id(), "flood" + i))
            .toArray(CompletableFuture[]::new));
  }

  /** One connection after the other, each with many requests before the first answer. */
  private CompletableFuture<Void> flood(RunningStart server, CampaignId campaign, String user) {
    String request =
        """
        POST /api/v1/campaigns/%s/issues HTTP/1.1\r
        Host: a\r
        Content-Length: 0\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(campaign, server.signer().sign(user, false, HOUR));
    return CompletableFuture.runAsync(
        () -> {
          while (!over.get()) {
            try (RawSocket socket = new RawSocket(server.url().getPort(), CALL)) {
              Thread.startVirtualThread(() -> socket.sayIfOpen(request.repeat(AT_ONCE)));
              hear(socket);
            } catch (IOException left) {
              // another connection follows
            }
          }
        },
        Thread::startVirtualThread);
  }

  /** Until each request of the connection is answered. */
  private void hear(RawSocket socket) throws IOException {
    int answers = 0;
    for (String part = socket.more(); !part.isEmpty(); part = socket.more()) {
      int more = part.split("HTTP/1.1 ", -1).length - 1;
      answers += more;
      heard.addAndGet(more);
      if (answers >= AT_ONCE) {
        return;
      }
    }
  }

  private static void signal(RunningStart server, String name) throws Exception {
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + server.enginePid("redis"))
        .start()
        .waitFor();
  }
}
