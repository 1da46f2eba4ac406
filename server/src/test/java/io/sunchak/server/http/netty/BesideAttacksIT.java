package io.sunchak.server.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.RawSocket;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
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
  private static final int ISSUES = 3_000;
  private static final int TIMES = 4;
  private static final double MILLIS_OF_A_BUSY_MACHINE = 250;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String BUNDLE =
      "GET /swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: a\r\n";

  private final AtomicInteger users = new AtomicInteger();
  private final Api api;

  BesideAttacksIT(Api api) {
    this.api = api;
  }

  enum Attack {
    HEALTH_THAT_IS_NOT_THERE(8),
    MANY_RANGES_OF_A_FILE(2),
    FILES_THAT_NOBODY_READS(200),
    BODIES_IN_LATER_READS(8),
    BODIES_THAT_DO_NOT_COME(200),
    PIPELINES_THAT_NOBODY_READS(8);

    private final int connections;

    Attack(int connections) {
      this.connections = connections;
    }

    /** One connection's part, over and over until it is to end. */
    private void on(RawSocket socket, CountDownLatch over)
        throws IOException, InterruptedException {
      switch (this) {
        case HEALTH_THAT_IS_NOT_THERE ->
            socket.say("GET /actuator/health/x/y HTTP/1.1\r\nHost: a\r\n\r\n").until("}");
        case MANY_RANGES_OF_A_FILE ->
            socket
                .say(BUNDLE + "Range: bytes=" + ranges() + "\r\nConnection: close\r\n\r\n")
                .untilClosed();
        case FILES_THAT_NOBODY_READS -> {
          socket.say((BUNDLE + "\r\n").repeat(4));
          over.await();
        }
        case BODIES_IN_LATER_READS ->
            socket.say(issue() + "Content-Length: 5\r\n\r\n").say("hello").until("}");
        case BODIES_THAT_DO_NOT_COME -> {
          socket.say(issue() + "Content-Length: 5000\r\n\r\n");
          over.await();
        }
        case PIPELINES_THAT_NOBODY_READS ->
            socket.isLeftWhileSaying((issue() + "\r\n").repeat(50), PATIENCE);
      }
    }

    private static String issue() {
      return "POST /api/v1/campaigns/attacked/issues HTTP/1.1\r\nHost: a\r\n";
    }

    private static String ranges() {
      StringBuilder ranges = new StringBuilder("0-9");
      for (int i = 1; i < 100; i++) {
        ranges.append(',').append(i * 1_000).append('-').append(i * 1_000 + 9);
      }
      return ranges.toString();
    }
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
  void nobody_waits_longer_for_it(Attack attack) throws IOException {
    double before = p99();
    double beside;
    try (var _ = new Running(attack)) {
      beside = p99();
    }
    double after = p99();
    System.out.printf(
        "p99 of the issue call: %.1f ms alone, %.1f ms beside %s, %.1f ms after it%n",
        before, beside, attack, after);

    assertThat(beside).isLessThan(Math.max(before, after) * TIMES + MILLIS_OF_A_BUSY_MACHINE);
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

  /** An attack from its first connections on, until it is closed. */
  private final class Running implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> attackers = new ArrayList<>();
    private final ConcurrentLinkedQueue<RawSocket> sockets = new ConcurrentLinkedQueue<>();

    Running(Attack attack) {
      for (int i = 0; i < attack.connections; i++) {
        attackers.add(Thread.startVirtualThread(() -> attack(attack)));
      }
    }

    private void attack(Attack attack) {
      while (over.getCount() > 0) {
        try (RawSocket socket = new RawSocket(api.server(), PATIENCE)) {
          sockets.add(socket);
          while (over.getCount() > 0) {
            attack.on(socket, over);
          }
        } catch (IOException ended) {
          // by the server or by the test
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void close() throws IOException {
      over.countDown();
      for (RawSocket socket : sockets) {
        socket.close();
      }
      try {
        for (Thread attacker : attackers) {
          attacker.join();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
