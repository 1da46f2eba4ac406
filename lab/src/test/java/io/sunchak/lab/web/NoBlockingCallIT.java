package io.sunchak.lab.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.lab.strategy.Strategy;
import io.sunchak.lab.testing.LabLoad;
import io.sunchak.lab.testing.LabStage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** V5 under BlockHound: issuing, draining, failing, retrying, and every admin call. */
@ExtendWith(EnginesExtension.class)
final class NoBlockingCallIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STOCK = 200;
  private static final int USERS = 1_000;
  private static final int CONNECTIONS = 32;
  private static final Queue<String> BLOCKING = new ConcurrentLinkedQueue<>();

  static {
    BlockHound.install(builder ->
        builder
            // The driver's log-in draws its nonce from /dev/urandom, which never makes one wait.
            .allowBlockingCallsInside("com.ongres.scram.common.ScramFunctions", "nonce")
            // Mutexes that two libraries take for a few instructions, at every command.
            .allowBlockingCallsInside(
                "org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory",
                "doInLock")
            .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "incrementWriters")
            .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "decrementWriters")
            .blockingMethodCallback(method -> BLOCKING.add(method + "\n  " + callers())));
  }

  @BeforeEach
  void forget() {
    BLOCKING.clear();
  }

  @Test
  void a_blocking_call_in_a_thread_that_must_not_wait_is_noticed() {
    Mono.fromRunnable(NoBlockingCallIT::sleep).subscribeOn(Schedulers.parallel()).block(PATIENCE);
    assertThat(BLOCKING).hasSize(1).first().asString().contains("sleep");
  }

  private static void sleep() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void v5_makes_none_from_the_request_to_the_ledger(EmbeddedEngines engines)
      throws InterruptedException {
    String id = "hound-" + UUID.randomUUID();
    try (LabServer server = LabServer.start(LabStage.settings(engines, Strategy.V5), 0);
        LabLoad load = new LabLoad(server.port())) {
      load.create(id, STOCK);
      server.node().queue().add("{poison").block(PATIENCE);
      load.everybody(id, USERS, CONNECTIONS);
      await().atMost(PATIENCE).until(() -> load.rows(id) == STOCK);
      load.everybody(id, USERS, CONNECTIONS); // from the local cache by now
      load.get("/api/v1/campaigns");
      load.get("/api/v1/campaigns/" + id);
      load.get("/api/v1/admin/failures");
      load.get("/api/v1/admin/campaigns/" + id + "/issues");
    }
    assertThat(BLOCKING).isEmpty();
  }

  private static String callers() {
    return String.join(
        "\n  ",
        Arrays.stream(Thread.currentThread().getStackTrace())
            .skip(4)
            .limit(25)
            .map(StackTraceElement::toString)
            .toList());
  }
}
