package io.sunchak.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Calls of one server's API for their whole answers, by the JDK's HTTP client. A POST is never sent
 * twice. What waits for its turn is bounded by the caller: it holds every future it got.
 * Thread-safe.
 */
public final class ApiClient implements AutoCloseable {
  private static final long MAX_BODY = 4 << 20;

  private final Executor threads = Thread::startVirtualThread;
  private final HttpClient http;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore free;
  private final URI server;
  private final Duration patience;

  /**
   * A client without a connection yet.
   *
   * @param atOnce how many calls are in flight at most
   * @param patience after which a call counts as unanswered
   */
  public ApiClient(URI server, int atOnce, Duration patience) {
    this.server = server;
    this.free = new Semaphore(atOnce);
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .executor(threads)
            .build();
  }

  /** Completes always with a value, missing when there was no answer. */
  public CompletableFuture<Answer> send(HttpCall call) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.add(() -> exchange(call, answer));
    sendWaiting();
    return answer;
  }

  private void sendWaiting() {
    while (!waiting.isEmpty() && free.tryAcquire()) {
      Runnable next = waiting.poll();
      if (next == null) {
        free.release();
      } else {
        next.run();
      }
    }
  }

  private void exchange(HttpCall call, CompletableFuture<Answer> answer) {
    long sent = System.nanoTime();
    CompletableFuture<HttpResponse<String>> exchange =
        http.sendAsync(
            call.request(server), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BODY));
    var _ =
        exchange
            .copy()
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .handleAsync(
                (response, failure) -> {
                  exchange.cancel(true); // no effect on one that has ended
                  free.release();
                  sendWaiting();
                  return answer.complete(
                      failure == null ? Answer.of(response, sent) : Answer.missing(sent));
                },
                threads);
  }

  /** Calls without an answer so far, and later ones, end without one. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
