package io.sunchak.load;

import static io.sunchak.load.UnreliableServer.response;
import static io.sunchak.load.UnreliableServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.load.UnreliableServer.Treatment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client makes of a server that misbehaves: every call ends, no POST is sent twice. */
@Timeout(60)
class ApiClientIT {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void a_call_carries_method_path_token_and_body_and_its_answer_comes_back_whole()
      throws Exception {
    try (UnreliableServer server = new UnreliableServer(Treatment.answer(201, "{\"a\":1}"));
        ApiClient client = new ApiClient(server.url(), 1, LONG)) {
      Answer answer = get(client.send(new HttpCall("PUT", "/x?y=1", "t0ken", "{\"b\":2}")));

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.body()).isEqualTo("{\"a\":1}");
      assertThat(answer.readNanos()).isGreaterThan(answer.sentNanos());
      UnreliableServer.Request seen = server.requests().getFirst();
      assertThat(seen.head())
          .startsWith("PUT /x?y=1 HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nauthorization: Bearer t0ken\r\n")
          .containsIgnoringCase("\r\nhost: " + server.url().getAuthority() + "\r\n");
      assertThat(seen.body()).isEqualTo("{\"b\":2}");
    }
  }

  static Stream<Arguments> mishaps() {
    return Stream.of(
        Arguments.of("reset", Treatment.reset()),
        Arguments.of("close", Treatment.close()),
        Arguments.of("close half-way", Treatment.closeHalfWay()),
        Arguments.of("silence", Treatment.silence()),
        Arguments.of("no HTTP", Treatment.noHttp()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mishaps")
  void a_mishap_is_a_missing_answer_is_never_sent_again_and_the_next_call_goes_through(
      String name, Treatment mishap) throws Exception {
    Treatment once =
        (request, socket) ->
            (request.path().equals("/first") ? mishap : Treatment.answer(200, "fine"))
                .apply(request, socket);
    try (UnreliableServer server = new UnreliableServer(once);
        ApiClient client = new ApiClient(server.url(), 1, SHORT)) {
      CompletableFuture<Answer> first = client.send(HttpCall.post("/first", "t"));
      CompletableFuture<Answer> second = client.send(HttpCall.post("/second", "t"));

      assertThat(get(first).isMissing()).isTrue();
      assertThat(get(second).body()).isEqualTo("fine");
      assertThat(server.requests())
          .extracting(UnreliableServer.Request::path)
          .containsExactly("/first", "/second");
    }
  }

  @Test
  void an_answer_that_comes_after_the_patience_is_not_taken_for_the_next_calls() throws Exception {
    CountDownLatch secondCame = new CountDownLatch(1);
    Treatment late =
        (request, socket) -> {
          if (request.path().equals("/first")) {
            secondCame.await();
          } else {
            secondCame.countDown();
          }
          write(socket, response(200, request.path(), ""));
        };
    try (UnreliableServer server = new UnreliableServer(late);
        ApiClient client = new ApiClient(server.url(), 1, SHORT)) {
      CompletableFuture<Answer> first = client.send(HttpCall.post("/first", "t"));
      CompletableFuture<Answer> second = client.send(HttpCall.post("/second", "t"));

      assertThat(get(first).isMissing()).isTrue();
      assertThat(get(second).body()).isEqualTo("/second");
    }
  }

  @Test
  void a_connection_carries_one_call_at_a_time() throws Exception {
    AtomicInteger unanswered = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Treatment counting =
        (request, socket) -> {
          most.accumulateAndGet(
              unanswered.incrementAndGet() + Math.min(1, socket.getInputStream().available()),
              Math::max);
          unanswered.decrementAndGet();
          write(socket, response(200, "", ""));
        };
    try (UnreliableServer server = new UnreliableServer(counting);
        ApiClient client = new ApiClient(server.url(), 1, LONG)) {
      List<CompletableFuture<Answer>> calls =
          IntStream.range(0, 200).mapToObj(i -> client.send(HttpCall.get("/" + i, null))).toList();

      assertThat(calls).allSatisfy(call -> assertThat(get(call).status()).isEqualTo(200));
      assertThat(most).hasValue(1);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_connection_that_the_server_ends_in_good_order_is_made_anew() throws Exception {
    try (UnreliableServer server = new UnreliableServer(Treatment.answerAndClose(200, "bye"));
        ApiClient client = new ApiClient(server.url(), 1, LONG)) {
      for (int i = 0; i < 20; i++) {
        assertThat(get(client.send(HttpCall.get("/", null))).body()).isEqualTo("bye");
      }
      assertThat(server.connections()).isEqualTo(20);
    }
  }

  @Test
  void nobody_listening_is_a_missing_answer() throws Exception {
    URI nobody;
    try (UnreliableServer server = new UnreliableServer(Treatment.silence())) {
      nobody = server.url();
    }
    try (ApiClient client = new ApiClient(nobody, 2, LONG)) {
      List<CompletableFuture<Answer>> calls =
          IntStream.range(0, 10).mapToObj(i -> client.send(HttpCall.get("/", null))).toList();

      assertThat(calls).allSatisfy(call -> assertThat(get(call).isMissing()).isTrue());
    }
  }

  @Test
  void closing_the_client_ends_every_call_that_waits() throws Exception {
    try (UnreliableServer server = new UnreliableServer(Treatment.silence())) {
      ApiClient client = new ApiClient(server.url(), 1, LONG);
      List<CompletableFuture<Answer>> calls =
          IntStream.range(0, 5).mapToObj(i -> client.send(HttpCall.get("/", null))).toList();

      client.close();

      assertThat(calls).allSatisfy(call -> assertThat(get(call).isMissing()).isTrue());
      assertThat(get(client.send(HttpCall.get("/", null))).isMissing()).isTrue();
    }
  }

  @Test
  void when_to_come_again_is_read_from_the_answer() throws Exception {
    Treatment busy = (request, socket) -> write(socket, response(503, "{}", "Retry-After: 2\r\n"));
    try (UnreliableServer server = new UnreliableServer(busy);
        ApiClient client = new ApiClient(server.url(), 1, LONG)) {
      assertThat(get(client.send(HttpCall.get("/", null))).retryAfter()).isEqualTo("2");
    }
  }

  private static Answer get(CompletableFuture<Answer> call) {
    return call.orTimeout(30, TimeUnit.SECONDS).join();
  }
}
