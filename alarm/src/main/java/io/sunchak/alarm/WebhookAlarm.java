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
 * Posts alarms to a webhook as <code>{"text": …}</code>, the body that Slack, Mattermost and their
 * kin take. One thread sends, at most one message every {@code pause}; alarms that gather meanwhile
 * go out together. The queue is bounded: what does not fit is counted, and the next message tells
 * how many were left out. A message that the webhook does not take is counted and not repeated.
 */
public final class WebhookAlarm implements Alarm, AutoCloseable {
  private static final int QUEUE = 256;
  private static final int SHOWN = 10;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong leftOut = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  // An offer to upgrade to HTTP/2, which the client would make, is an error to some webhooks.
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private final URI webhook;
  private final Duration pause;
  private final GuardedLoop sender;

  /** What became of the messages so far: posted and taken, posted in vain. */
  public record Counts(long sent, long failed) {}

  /**
   * Begins to send in the background.
   *
   * @param webhook where to post; it may hold a secret, so it is never written anywhere
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

  /** For metrics. */
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

  /** Stops at once; what was not sent is dropped. */
  @Override
  public void close() {
    sender.interrupt();
    client.shutdownNow();
  }
}
