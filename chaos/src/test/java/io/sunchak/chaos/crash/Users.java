package io.sunchak.chaos.crash;

import io.sunchak.chaos.history.Press;
import io.sunchak.core.CampaignId;
import io.sunchak.judge.Invocation;
import io.sunchak.load.Answer;
import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The users of one campaign, who press until they know. Everything is recorded. Thread-safe. */
final class Users implements AutoCloseable {
  private static final Duration CALL = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PAUSE_MILLIS = 30;
  private static final int AT_ONCE = 32;

  private final Station station;
  private final String path;
  private final ApiClient client;
  private final Set<String> names = new LinkedHashSet<>();
  private final Queue<Press> history = new ConcurrentLinkedQueue<>();
  private final Queue<String> unclean = new ConcurrentLinkedQueue<>();

  Users(Station station, CampaignId campaign) {
    this.station = station;
    this.path = "/api/v1/campaigns/" + campaign + "/issues";
    this.client = new ApiClient(station.url(), AT_ONCE, CALL);
  }

  /** So many of this kind press at once; done when the last one knows. */
  CompletableFuture<Void> come(String kind, int count) {
    List<String> coming = IntStream.rangeClosed(1, count).mapToObj(i -> kind + i).toList();
    names.addAll(coming);
    return press(coming);
  }

  /** All who came press once more: everybody is to be told the same again. */
  CompletableFuture<Void> askAgain() {
    return press(new ArrayList<>(names));
  }

  private CompletableFuture<Void> press(List<String> users) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    return CompletableFuture.allOf(
        users.stream().map(user -> press(user, deadline)).toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> press(String user, long deadline) {
    String token = station.engines().signer().sign(user, false, Duration.ofHours(1));
    return client
        .send(HttpCall.post(path, token))
        .thenCompose(answer -> {
          record(user, answer);
          return answer.isFinal()
              ? CompletableFuture.completedFuture(null)
              : again(user, answer, deadline);
        });
  }

  private CompletableFuture<Void> again(String user, Answer last, long deadline) {
    if (System.nanoTime() - deadline > 0) {
      throw new AssertionError(user + " still does not know: " + last);
    }
    Executor later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    return CompletableFuture.runAsync(() -> {}, later).thenCompose(now -> press(user, deadline));
  }

  private void record(String user, Answer answer) {
    Invocation seen =
        new Invocation(user, answer.sentNanos(), answer.completedNanos(), answer.result());
    history.add(new Press(seen, 0, answer.status()));
    if (!answer.isAllowed()) {
      unclean.add(user + ": " + answer);
    }
  }

  List<Press> history() {
    return List.copyOf(history);
  }

  /** Answers that the API does not know. */
  List<String> unclean() {
    return List.copyOf(unclean);
  }

  @Override
  public void close() {
    client.close();
  }
}
