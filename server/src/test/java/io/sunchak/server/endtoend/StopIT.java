package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.load.ApiClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGTERM in the middle of a drop. */
@Timeout(300)
class StopIT {
  private static final int USERS = 3_000;
  private static final Duration STOP = Duration.ofSeconds(10);

  @Test
  void a_stop_under_load_is_quick_and_orderly_and_loses_nothing() throws Exception {
    Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target/kill")), "stop-");
    try (RunningStart server =
        RunningStart.on(home.resolve("data").toAbsolutePath(), List.of(), Map.of()).awaitReady()) {
      List<Long> engines = List.of(server.enginePid("redis"), server.enginePid("postgres"));
      Campaign campaign = Campaigns.open(USERS);
      CompletableFuture<Void> asked = new CompletableFuture<>();
      try (ApiClient client = new ApiClient(server.url(), 48, Duration.ofSeconds(5))) {
        Crowd crowd = new Crowd(campaign, server.signer(), List.of(client)).open();
        CompletableFuture<Void> all =
            crowd.at(USERS / 3, () -> stop(server, asked)).press(1, USERS);
        asked.get(60, TimeUnit.SECONDS);

        assertThat(server.process().exitCode(STOP)).isZero();
        assertThat(engines).noneMatch(StopIT::isAlive);
        assertThat(crowd.answers()).as("until the end").doesNotContainKey("503 Unknown[]");

        server.again();
        all.get(120, TimeUnit.SECONDS);
        try (BothSides sides = BothSides.of(server.data())) {
          assertThat(crowd.assertPromiseKept(sides, "none").rows()).hasSize(USERS);
        }
      }
    }
  }

  private static void stop(RunningStart server, CompletableFuture<Void> asked) {
    server.process().terminate();
    asked.complete(null);
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
