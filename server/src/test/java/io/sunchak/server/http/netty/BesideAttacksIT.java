package io.sunchak.server.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.ServerExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The issue call beside each attack that costs its caller little: printed, and held to a bound that
 * a busy machine keeps and a stopped event loop does not.
 */
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class BesideAttacksIT {
  private static final String ID = "attacked";
  private static final int CONNECTIONS = 16;
  private static final int ISSUES = 5_000;
  private static final int TIMES = 4;
  private static final double MILLIS_OF_A_BUSY_MACHINE = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final AtomicInteger users = new AtomicInteger();
  private final Api api;

  BesideAttacksIT(Api api) {
    this.api = api;
  }

  @BeforeAll
  void warm() {
    api.create(ID, null);
    for (int i = 0; i < 3; i++) {
      p99();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobody_waits_longer_for_it(Attackers.Attack attack) throws Exception {
    double before = p99();
    double beside;
    long moves;
    Process attackers = start(attack);
    try (BufferedReader heard = attackers.inputReader()) {
      assertThat(heard.readLine()).isEqualTo("attacking");
      beside = p99();
      attackers.outputWriter().close();
      moves = Long.parseLong(heard.readLine());
    } finally {
      attackers.destroyForcibly();
    }
    double after = p99();
    System.out.printf(
        "p99 of the issue call: %.1f ms alone, %.1f ms beside %,d times %s, %.1f ms after it%n",
        before, beside, moves, attack, after);

    assertThat(beside).isLessThan(Math.max(before, after) * TIMES + MILLIS_OF_A_BUSY_MACHINE);
  }

  /** Their own work waits until a processor is idle, as if they sat on another machine. */
  private Process start(Attackers.Attack attack) throws IOException, URISyntaxException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path classes =
        Path.of(Attackers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
    command.addAll(List.of("chrt", "--idle", "0", java, "-XX:+UseSerialGC", "-Xmx128m", "-cp"));
    command.addAll(List.of(classes.toString(), Attackers.class.getName(), attack.name()));
    command.add(Integer.toString(api.server().port()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Milliseconds, of new users who press once each, over a few connections. */
  private double p99() {
    List<Double> millis = new ArrayList<>(ISSUES);
    try (ApiClient client = new ApiClient(api.server().url(), CONNECTIONS, PATIENCE)) {
      ConcurrentLinkedQueue<Double> taken = new ConcurrentLinkedQueue<>();
      CompletableFuture<?>[] lanes = new CompletableFuture<?>[CONNECTIONS];
      for (int lane = 0; lane < CONNECTIONS; lane++) {
        lanes[lane] = press(client, ISSUES / CONNECTIONS, taken);
      }
      CompletableFuture.allOf(lanes).join();
      millis.addAll(taken);
    }
    millis.sort(null);
    return millis.get(millis.size() * 99 / 100);
  }

  private CompletableFuture<?> press(
      ApiClient client, int times, ConcurrentLinkedQueue<Double> taken) {
    CompletableFuture<?> all = CompletableFuture.completedFuture(null);
    for (int i = 0; i < times; i++) {
      String token = api.server().user("u" + users.incrementAndGet());
      all =
          all.thenCompose(done -> {
            long sent = System.nanoTime();
            return client
                .send(new HttpCall("POST", Api.CAMPAIGNS + "/" + ID + "/issues", token, null))
                .thenAccept(answer -> {
                  assertThat(answer.status()).isEqualTo(202);
                  taken.add((System.nanoTime() - sent) / 1e6);
                });
          });
    }
    return all;
  }
}
