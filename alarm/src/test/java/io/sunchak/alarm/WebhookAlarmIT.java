package io.sunchak.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sunchak.core.loop.LoopListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alarm against a real webhook on loopback. */
final class WebhookAlarmIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final ExecutorService handlers = Executors.newCachedThreadPool();
  private volatile CountDownLatch answers = new CountDownLatch(0);
  private volatile int status = 200;
  private final HttpServer server;
  private final WebhookAlarm alarm;

  WebhookAlarmIT() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    alarm = new WebhookAlarm(hook(), Duration.ofMillis(10), LoopListener.NONE);
  }

  @BeforeEach
  void listen() {
    server.setExecutor(handlers);
    server.createContext(
        "/hook",
        exchange -> {
          headers.addAll(exchange.getRequestHeaders().keySet());
          received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          try {
            answers.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    answers.countDown();
    alarm.close();
    server.stop(0);
    handlers.shutdownNow();
  }

  @Test
  void a_text_arrives_as_a_slack_compatible_body() {
    alarm.raise("\"발급\" failed\n\tC:\\orders");

    await().atMost(PATIENCE).until(() -> received.size() == 1);
    assertThat(received.getFirst())
        .isEqualTo("{\"text\":\"\\\"발급\\\" failed\\n\\u0009C:\\\\orders\"}");
    await().atMost(PATIENCE).until(() -> alarm.counts().sent() == 1);
  }

  /** A webhook may answer an upgrade that it does not know with an error. */
  @Test
  void a_text_is_posted_in_plain_http() {
    alarm.raise("plain");

    await().atMost(PATIENCE).until(() -> received.size() == 1);
    assertThat(headers).contains("Content-type").doesNotContain("Upgrade", "Http2-settings");
  }

  @Test
  void alarms_that_come_too_fast_are_told_together() {
    answers = new CountDownLatch(1);
    alarm.raise("first");
    await().atMost(PATIENCE).until(() -> received.size() == 1);
    for (int i = 1; i <= 12; i++) {
      alarm.raise("later " + i);
    }
    answers.countDown();

    await().atMost(PATIENCE).until(() -> received.size() == 2);
    assertThat(received.get(1)).contains("later 1", "later 10", "… and 2 more");
    assertThat(received.get(1)).doesNotContain("later 11");
  }

  @Test
  void a_flood_neither_blocks_nor_grows_while_the_webhook_hangs() {
    answers = new CountDownLatch(1);
    alarm.raise("first");
    await().atMost(PATIENCE).until(() -> received.size() == 1);
    for (int i = 0; i < 100_000; i++) {
      alarm.raise("flood"); // would never come back if it waited for the hanging webhook
    }
    answers.countDown();

    await().atMost(PATIENCE).until(() -> received.size() == 2);
    assertThat(received.get(1)).contains("… and 99990 more");
  }

  @Test
  void a_webhook_that_refuses_is_counted_and_the_next_message_still_goes_out() {
    status = 500;
    alarm.raise("refused");
    await().atMost(PATIENCE).until(() -> alarm.counts().failed() == 1);

    status = 200;
    alarm.raise("taken");
    await().atMost(PATIENCE).until(() -> alarm.counts().sent() == 1);
    assertThat(alarm.counts()).isEqualTo(new WebhookAlarm.Counts(1, 1));
  }

  @Test
  void a_webhook_that_is_away_is_counted() {
    server.stop(0);
    alarm.raise("nobody hears");
    await().atMost(PATIENCE).until(() -> alarm.counts().failed() == 1);
  }

  private URI hook() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }
}
