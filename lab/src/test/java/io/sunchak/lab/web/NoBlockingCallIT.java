package io.sunchak.lab.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.lab.LabServer;
import io.sunchak.lab.Strategy;
import io.sunchak.lab.testing.LabStage;
import io.sunchak.load.Answer;
import io.sunchak.load.HttpCall;
import io.sunchak.load.HttpLoadClient;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
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
  void v5_makes_none_from_the_door_to_the_ledger(EmbeddedEngines engines) {
    String id = "hound-" + UUID.randomUUID();
    try (LabServer server = LabServer.start(LabStage.settings(engines, Strategy.V5), 0);
        HttpLoadClient client =
            new HttpLoadClient(URI.create("http://127.0.0.1:" + server.port()), 32, PATIENCE)) {
      String body =
          """
          {"id":"%s","name":"Hound","totalStock":200,
           "opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}
          """
              .formatted(id);
      client.send(new HttpCall("POST", "/api/v1/admin/campaigns", null, body)).join();
      server.node().queue().add("{poison").block(PATIENCE);
      press(client, id);
      await()
          .atMost(PATIENCE)
          .until(() -> client.send(csv(id)).join().body().lines().count() == 201);
      press(client, id); // from the local cache by now
      for (String path :
          List.of(
              "/api/v1/campaigns",
              "/api/v1/campaigns/" + id,
              "/api/v1/admin/failures",
              "/api/v1/admin/campaigns/" + id + "/issues")) {
        assertThat(client.send(HttpCall.get(path, null)).join().status()).isEqualTo(200);
      }
    }
    assertThat(BLOCKING).isEmpty();
  }

  private static void press(HttpLoadClient client, String id) {
    String path = "/api/v1/campaigns/" + id + "/issues";
    List<CompletableFuture<Answer>> answers =
        IntStream.rangeClosed(1, 1_000)
            .mapToObj(i -> client.send(HttpCall.postAs("user-" + i, path)))
            .toList();
    answers.forEach(CompletableFuture::join);
  }

  private static HttpCall csv(String id) {
    return HttpCall.get("/api/v1/admin/campaigns/" + id + "/issues.csv", null);
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
