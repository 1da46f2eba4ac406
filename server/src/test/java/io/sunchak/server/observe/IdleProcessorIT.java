package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.server.endtoend.RunningStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * What thousands of open campaigns cost while nobody asks for them, in processor time of a server
 * in a process of its own and of its engines.
 */
class IdleProcessorIT {
  private static final int OPEN = 10_000;
  private static final double MOST = 0.03;
  private static final int WINDOWS = 24;
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @AutoClose private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));

  @AutoClose
  private final EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());

  /**
   * Waits for a window in which it is so: campaigns are looked at for the first time, and a machine
   * may have much else to do.
   */
  @Test
  void they_take_three_hundredths_of_a_processor_in_all_three_processes() throws Exception {
    assumeThat(ProcessorTime.isKnown()).isTrue();
    Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "idle-");
    List<String> urls =
        List.of("--redis-url", engines.redisServerUri(), "--postgres-url", engines.jdbcUrl());
    try (RunningStart server = RunningStart.on(home.resolve("data"), urls, environment());
        ManyCampaigns many = new ManyCampaigns(engines)) {
      server.awaitReady();
      many.createOpened("open", OPEN);
      await()
          .atMost(PATIENCE)
          .until(() -> many.ask("SELECT count(*) FROM campaign WHERE NOT ended") == OPEN);
      List<Double> seen = shares(new ProcessorTime(server.process().pid(), engines));
      System.out.printf("idle, %,d campaigns: %s of a processor%n", OPEN, seen);
      assertThat(seen.getLast()).as("of a processor, after %s", seen).isLessThanOrEqualTo(MOST);
    }
  }

  /** Window after window, up to the first that is cheap enough. */
  private static List<Double> shares(ProcessorTime processors) throws Exception {
    List<Double> seen = new ArrayList<>();
    while (seen.size() < WINDOWS && (seen.isEmpty() || seen.getLast() > MOST)) {
      Duration before = processors.taken();
      long from = System.nanoTime();
      await().pollDelay(WINDOW).atMost(PATIENCE).until(() -> true);
      Duration taken = processors.taken().minus(before);
      seen.add((double) taken.toNanos() / (System.nanoTime() - from));
    }
    return seen;
  }

  private Map<String, String> environment() {
    PostgresLogin owner = engines.postgresOwner();
    return Map.of(
        "SUNCHAK_TOKEN_SECRET",
        "of the server that nobody asks, long enough",
        "SUNCHAK_POSTGRES_USER",
        owner.user(),
        "SUNCHAK_POSTGRES_PASSWORD",
        owner.password());
  }
}
