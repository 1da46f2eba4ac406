package io.sunchak.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sunchak.core.CampaignId;
import io.sunchak.judge.Invocation.Ok;
import io.sunchak.judge.Invocation.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a small real server over loopback. */
class LoadGeneratorIT {
  private static final int USERS = 500;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicLong requests = new AtomicLong();
  private final Queue<String> callers = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LoadGenerator generator = new LoadGenerator(2);
  private final HttpServer server;

  /** What the server does with its n-th request. */
  private interface Answering {
    void answer(HttpExchange exchange, long n) throws IOException;
  }

  LoadGeneratorIT() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    generator.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void everybody_is_sent_once_and_every_answer_is_kept() throws InterruptedException {
    answer((exchange, n) -> reply(exchange, 202, "{\"sequence\":" + n + "}"));
    LoadGenerator.Result seen = generator.run(closed(Shots.rounds(0, USERS, 1), LONG));
    Set<Object> results = new HashSet<>();
    Set<Integer> users = new HashSet<>();
    Recording all = seen.recording();
    for (int i = 0; i < all.size(); i++) {
      results.add(seen.codec().result(all.answer(i)));
      users.add(all.user(i));
      assertThat(all.intendedAt(i)).isEqualTo(all.sentAt(i));
      assertThat(all.doneAt(i)).isGreaterThan(all.sentAt(i));
    }
    assertThat(all.size()).isEqualTo(USERS);
    assertThat(users).hasSize(USERS);
    assertThat(results).hasSize(USERS).contains(new Ok(1), new Ok(USERS));
    assertThat(new HashSet<>(callers)).hasSize(USERS).contains("u0", "u" + (USERS - 1));
  }

  @Test
  void refusals_are_told_apart() throws InterruptedException {
    answer((exchange, n) ->
        reply(
            exchange,
            n % 2 == 0 ? 409 : 503,
            n % 2 == 0 ? "{\"code\":\"SOLD_OUT\"}" : "{\"code\":\"OVERLOADED\"}"));
    LoadGenerator.Result seen = generator.run(closed(Shots.rounds(0, USERS, 1), LONG));
    assertThat(results(seen))
        .contains(new Refused("SOLD_OUT"), new Refused("OVERLOADED"))
        .hasSize(USERS);
  }

  @Test
  void a_lost_connection_loses_its_answer_and_nothing_else() throws InterruptedException {
    answer((exchange, n) -> {
      if (n == 7) {
        throw new IOException("cut");
      }
      reply(exchange, 202, "{\"sequence\":" + n + "}");
    });
    LoadGenerator.Result seen = generator.run(closed(Shots.rounds(0, USERS, 1), LONG));
    assertThat(answers(seen).stream().filter(answer -> answer == AnswerCodec.MISSING)).hasSize(1);
    assertThat(answers(seen)).hasSize(USERS);
  }

  @Test
  void an_answer_that_does_not_come_is_given_up() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    answer((exchange, n) -> {
      if (n == 3) {
        awaitQuietly(never);
      }
      reply(exchange, 202, "{\"sequence\":" + n + "}");
    });
    Load load = load(Shots.rounds(0, 50, 1), null, Duration.ofSeconds(20), Duration.ofMillis(500));
    LoadGenerator.Result seen = generator.run(load);
    never.countDown();
    assertThat(answers(seen)).hasSize(50);
    assertThat(answers(seen).stream().filter(answer -> answer == AnswerCodec.MISSING)).hasSize(1);
  }

  @Test
  void an_open_loop_counts_the_wait_of_those_who_could_not_be_sent() throws InterruptedException {
    // 100 requests fall due within half a second; the server stands still for a whole one.
    CountDownLatch standstill = new CountDownLatch(1);
    answer((exchange, n) -> {
      if (n == 1) {
        awaitQuietly(new CountDownLatch(1), 1_000);
        standstill.countDown();
      }
      awaitQuietly(standstill);
      reply(exchange, 202, "{\"sequence\":" + n + "}");
    });
    Load load = load(Shots.rounds(0, 100, 1), 200.0, LONG, LONG);
    Recording all;
    try (LoadGenerator one = new LoadGenerator(1)) { // two would share the hundred as it comes
      all = one.run(load).recording();
    }
    assertThat(all.size()).isEqualTo(100);
    for (int i = 0; i < all.size(); i++) {
      assertThat(TimeUnit.NANOSECONDS.toMillis(all.doneAt(i) - all.intendedAt(i)))
          .as("user %s", all.user(i))
          .isGreaterThan(400);
    }
  }

  @Test
  void it_ends_when_the_time_is_over() throws InterruptedException {
    answer((exchange, n) -> reply(exchange, 202, "{\"sequence\":" + n + "}"));
    long before = System.nanoTime();
    LoadGenerator.Result seen =
        generator.run(closed(Shots.endless(0, USERS), Duration.ofMillis(300)));
    assertThat(System.nanoTime() - before).isLessThan(Duration.ofSeconds(10).toNanos());
    assertThat(seen.recording().size()).isPositive();
    assertThat(requests).hasValue(seen.recording().size());
  }

  private void answer(Answering answering) {
    server.createContext(
        "/",
        exchange -> {
          callers.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-User-Id")));
          answering.answer(exchange, requests.incrementAndGet());
        });
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    awaitQuietly(latch, LONG.toMillis());
  }

  private static void awaitQuietly(CountDownLatch latch, long millis) {
    try {
      var _ = latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Load closed(Shots shots, Duration longest) {
    return load(shots, null, longest, LONG);
  }

  private Load load(Shots shots, @Nullable Double perSecond, Duration longest, Duration patience) {
    return new Load(
        List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
        List.of(Endpoint.issue(new CampaignId("c1"))),
        Credentials.names("u", USERS),
        shots,
        perSecond,
        8,
        longest,
        patience);
  }

  private static List<Long> answers(LoadGenerator.Result seen) {
    Recording all = seen.recording();
    return IntStream.range(0, all.size()).mapToObj(all::answer).toList();
  }

  private static List<Object> results(LoadGenerator.Result seen) {
    return answers(seen).stream().<Object>map(seen.codec()::result).toList();
  }
}
