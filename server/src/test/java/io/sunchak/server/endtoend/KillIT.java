package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.load.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code kill -9} in the middle of a drop, a fresh campaign each time, on one data directory: when
 * the dust has settled, every promise ever given must be exactly one row. {@code -Dsunchak.kills=n}
 * kills more often, {@code -Dsunchak.seed=s} at the moments of an earlier run.
 */
@Timeout(1_800)
class KillIT {
  private static final int KILLS = Integer.getInteger("sunchak.kills", 5);
  private static final long SEED =
      Long.getLong("sunchak.seed", ThreadLocalRandom.current().nextInt(1_000_000));
  private static final int USERS = 3_000;
  private static final int CONNECTIONS = 48;
  private static final Duration CALL = Duration.ofSeconds(5);

  /** What dies, and whether everything that is left comes back by itself. */
  enum Victim {
    REDIS,
    POSTGRES,
    /** The engines die with it. */
    SERVER,
    /** The server's process group and both engines, in one call. */
    EVERYTHING
  }

  @ParameterizedTest
  @EnumSource(Victim.class)
  void every_promise_outlives_the_kill_as_exactly_one_row(Victim victim) throws Exception {
    Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target/kill")), "data-");
    try (RunningStart server =
        RunningStart.on(home.resolve("data").toAbsolutePath(), List.of(), Map.of()).awaitReady()) {
      Map<CampaignId, List<Coupon>> kept = new HashMap<>();
      for (int i = 0; i < KILLS; i++) {
        try {
          killOnce(victim, SEED + i, server, kept);
        } catch (Throwable broken) {
          throw new AssertionError(
              "%s, seed %d%n%s".formatted(broken, SEED + i, server.lastWords()), broken);
        }
      }
      try (BothSides sides = BothSides.of(server.data())) {
        kept.forEach((campaign, rows) -> assertThat(sides.rows(campaign)).isEqualTo(rows));
      }
    }
  }

  private static void killOnce(
      Victim victim, long seed, RunningStart server, Map<CampaignId, List<Coupon>> kept)
      throws Exception {
    Random random = new Random(seed);
    boolean soldOut = random.nextBoolean();
    Campaign campaign = Campaigns.open(soldOut ? USERS / 2 : USERS);
    int moment = 1 + random.nextInt(USERS * 2 / 3);
    CompletableFuture<Void> dead = new CompletableFuture<>();
    try (ApiClient client = new ApiClient(server.url(), CONNECTIONS, CALL)) {
      Crowd crowd = new Crowd(campaign, server.signer(), List.of(client)).open();
      CompletableFuture<Void> all =
          crowd.at(moment, () -> strike(victim, server, dead)).press(1, USERS);
      dead.get(60, TimeUnit.SECONDS);
      if (victim == Victim.SERVER || victim == Victim.EVERYTHING) {
        server.again();
      }
      all.get(180, TimeUnit.SECONDS);
      try (BothSides sides = BothSides.of(server.data())) {
        kept.put(campaign.id(), crowd.assertPromiseKept(sides, seed).rows());
      }
      assertThat(crowd.answers().keySet())
          .as("seed %s", seed)
          .noneMatch(unfitting(victim, soldOut)::contains);
    }
  }

  /** Answers that this fault cannot explain. */
  private static Set<String> unfitting(Victim victim, boolean soldOut) {
    return switch (victim) {
      case POSTGRES -> Set.of("0 Unknown[]", "503 Unknown[]", "503 Refused[code=REBUILDING]");
      default -> soldOut ? Set.of() : Set.of("409 Refused[code=SOLD_OUT]");
    };
  }

  private static void strike(Victim victim, RunningStart server, CompletableFuture<Void> dead) {
    Thread.startVirtualThread(() -> {
      try {
        switch (victim) {
          case REDIS -> signal("-9 " + server.enginePid("redis"));
          case POSTGRES -> signal("-9 " + server.enginePid("postgres"));
          case SERVER -> signal("-9 " + server.process().pid());
          case EVERYTHING ->
              // The engines first: they die with the server before a signal of their own reaches
              // them.
              signal(
                  "-9 %d %d -%d"
                      .formatted(
                          server.enginePid("redis"),
                          server.enginePid("postgres"),
                          server.process().pid()));
        }
        dead.complete(null);
      } catch (Exception e) {
        dead.completeExceptionally(e);
      }
    });
  }

  private static void signal(String arguments) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("sh", "-c", "kill " + arguments).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill " + arguments + " failed");
    }
  }
}
