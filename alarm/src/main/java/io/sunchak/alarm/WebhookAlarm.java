package io.sunchak.alarm;

import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts alarms to a webhook as <code>{"text": …}</code>, the body that Slack, Mattermost and
 * similar services accept. One thread sends at most one message every {@code pause}; alarms raised
 * meanwhile are sent together. The queue is bounded: alarms that do not fit are counted, and the
 * next message tells how many were left out. A message that the webhook does not accept is counted
 * and not repeated.
 */
public final class WebhookAlarm implements Alarm, AutoCloseable {
  private static final int QUEUE = 256;
  private static final int SHOWN = 10;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong leftOut = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  // HTTP/1.1 only: some webhooks answer the client's offer to upgrade to HTTP/2 with an error.
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private final URI webhook;
  private final Duration pause;
  private final GuardedLoop sender;

  /** How many messages the webhook has accepted, and how many it has not. */
  public record Counts(long sent, long failed) {}

  /**
   * Starts the sending thread.
   *
   * @param webhook where to post; it may contain a secret, so it is never logged
   * @param pause between two messages
   */
  public WebhookAlarm(URI webhook, Duration pause, LoopListener loops) {
    this.webhook = webhook;
    this.pause = pause;
    this.sender = GuardedLoop.virtual("alarm", this::sendNext, loops);
    sender.start();
  }

  @Override
  public void raise(String text) {
    if (!waiting.offer(text)) {
      leftOut.incrementAndGet();
    }
  }

  /** The counts so far, for metrics. */
  public Counts counts() {
    return new Counts(sent.get(), failed.get());
  }

  private boolean sendNext() throws InterruptedException {
    List<String> texts = new ArrayList<>(List.of(waiting.take()));
    waiting.drainTo(texts);
    post(message(texts, leftOut.getAndSet(0)));
    return sender.pause(pause);
  }

  private static String message(List<String> texts, long notQueued) {
    String shown = String.join("\n", texts.subList(0, Math.min(SHOWN, texts.size())));
    long more = Math.max(0, texts.size() - SHOWN) + notQueued;
    return more == 0 ? shown : shown + "\n… and " + more + " more";
  }

  private void post(String text) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(webhook)
            .timeout(LIMIT)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString("{\"text\":" + JsonText.quote(text) + "}"))
            .build();
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      (status / 100 == 2 ? sent : failed).incrementAndGet();
    } catch (IOException away) {
      failed.incrementAndGet();
    }
  }

  /** Stops at once; alarms that were not sent are dropped. */
  @Override
  public void close() {
    sender.interrupt();
    client.shutdownNow();
  }
}
