package io.sunchak.server.cli.aot;

import io.sunchak.token.TokenSigner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * What the server does in a training run: a small drop that sells out, users who ask again, and one
 * look at each page. The JVM notes which classes that needs and which methods are hot.
 */
public final class TrainingLoad {
  private static final Duration CALL = Duration.ofSeconds(20);
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int USERS = 20_000;
  private static final int STOCK = 8_000;
  private static final int AT_ONCE = 256;
  private static final List<String> LOOKS =
      List.of(
          "/",
          "/c/training",
          "/swagger-ui.html",
          "/v3/api-docs",
          "/api/v1/campaigns",
          "/api/v1/campaigns/training",
          "/api/v1/campaigns/training/issues/me",
          "/api/v1/admin/campaigns",
          "/api/v1/admin/campaigns/training/issues",
          "/api/v1/admin/campaigns/training/users/u1",
          "/api/v1/admin/failures",
          "/api/v1/admin/audit",
          "/actuator/health/readiness",
          "/actuator/prometheus");

  private final URI server;
  private final TokenSigner signer;

  public TrainingLoad(URI server, TokenSigner signer) {
    this.server = server;
    this.signer = signer;
  }

  /** Returns when all is answered. */
  public void run() throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String admin = signer.sign("training", true, LIFE);
      send(
          client,
          request("/api/v1/admin/campaigns", admin)
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      """
                      {"id":"training","name":"training","totalStock":%d,\
                      "opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}\
                      """
                          .formatted(STOCK))));
      issue(client);
      for (String look : LOOKS) {
        send(client, request(look, admin).GET());
      }
    }
  }

  private void issue(HttpClient client) throws InterruptedException {
    Semaphore free = new Semaphore(AT_ONCE);
    for (int user : IntStream.rangeClosed(1, USERS).toArray()) {
      free.acquire();
      HttpRequest.Builder issue =
          request(
                  "/api/v1/campaigns/training/issues",
                  signer.sign("u" + user % (USERS - STOCK / 4), false, LIFE))
              .POST(BodyPublishers.noBody());
      CompletableFuture<?> answer = client.sendAsync(issue.build(), BodyHandlers.discarding());
      var _ = answer.whenComplete((sent, error) -> free.release());
    }
    free.acquire(AT_ONCE);
  }

  private static void send(HttpClient client, HttpRequest.Builder request) {
    client.sendAsync(request.build(), BodyHandlers.discarding()).join();
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(CALL)
        .header("Authorization", "Bearer " + token);
  }
}
