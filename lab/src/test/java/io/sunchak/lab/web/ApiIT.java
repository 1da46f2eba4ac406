package io.sunchak.lab.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.lab.strategy.Stack;
import io.sunchak.lab.strategy.Strategy;
import io.sunchak.lab.testing.LabStage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The API's answers, the same on every stack. */
@ExtendWith(EnginesExtension.class)
final class ApiIT {
  private final String id = "api-" + UUID.randomUUID();
  private final HttpClient client = HttpClient.newHttpClient();
  private final EmbeddedEngines engines;
  private int port;

  ApiIT(EmbeddedEngines engines) {
    this.engines = engines;
  }

  @ParameterizedTest
  @EnumSource(Stack.class)
  void a_campaign_is_created_issued_and_read_back(Stack stack) throws Exception {
    try (LabServer server = LabServer.start(LabStage.settings(engines, Strategy.V3, stack), 0)) {
      port = server.port();
      expect(post("/api/v1/admin/campaigns", null, campaign(1)), 201, "\"state\":\"OPEN\"");
      expect(post("/api/v1/admin/campaigns", null, campaign(1)), 409, "CAMPAIGN_EXISTS");
      expect(issue("u1"), 202, "\"sequence\":1,\"state\":\"ACCEPTED\"");
      HttpResponse<String> repeat = expect(issue("u1"), 200, "\"sequence\":1");
      assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
      expect(issue("u2"), 409, "\"code\":\"SOLD_OUT\"");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> mine("u1").body().contains("\"state\":\"ISSUED\""));
      expect(mine("u2"), 404, "NOT_ISSUED");
      expect(get("/api/v1/campaigns/" + id), 200, "\"state\":\"SOLD_OUT\"");
      expect(get(admin("/issues?limit=1")), 200, "\"userId\":\"u1\"");
      expect(get(admin("/issues.csv")), 200, "1,u1,");
      expect(get("/api/v1/admin/failures"), 200, "{\"items\":[],\"next\":null}");
      expect(get("/actuator/prometheus"), 200, "sunchak_failures_total 0.0");
      refusals();
    }
  }

  private void refusals() throws Exception {
    expect(post("/api/v1/campaigns/" + id + "/issues", null, ""), 401, "UNAUTHENTICATED");
    expect(post("/api/v1/campaigns/" + id + "/issues", "u3", "{}"), 400, "MALFORMED");
    expect(post("/api/v1/campaigns/" + id + "/issues", "a b", ""), 400, "X-User-Id");
    expect(post("/api/v1/campaigns/NOBODY/issues", "u3", ""), 404, "CAMPAIGN_NOT_FOUND");
    expect(post("/api/v1/campaigns/nobody/issues", "u3", ""), 404, "CAMPAIGN_NOT_FOUND");
    expect(post("/api/v1/admin/campaigns", null, "{"), 400, "MALFORMED");
    expect(post("/api/v1/admin/campaigns", null, campaign(-1)), 400, "totalStock");
    expect(post("/api/v1/admin/campaigns", null, " ".repeat(5_000)), 413, "TOO_LARGE");
    expect(post("/api/v1/admin/failures/none/replay", null, ""), 404, "NOT_FOUND");
    expect(get(admin("/issues?limit=0")), 400, "INVALID");
    expect(get("/nowhere"), 404, "\"code\":\"NOT_FOUND\"");
    HttpResponse<String> wrong = expect(get(admin("/pause")), 405, "METHOD_NOT_ALLOWED");
    assertThat(wrong.headers().firstValue("Allow")).contains("POST");
    expect(post(admin("/close"), null, ""), 200, "\"state\":\"CLOSED\"");
    expect(issue("u3"), 409, "\"code\":\"CLOSED\"");
    expect(post(admin("/resume"), null, ""), 409, "\"code\":\"CLOSED\"");
  }

  private static HttpResponse<String> expect(
      HttpResponse<String> response, int status, String part) {
    assertThat(response.body()).contains(part);
    assertThat(response.statusCode()).isEqualTo(status);
    String media = response.headers().firstValue("Content-Type").orElse("");
    assertThat(media.startsWith("application/problem+json")).isEqualTo(status >= 400);
    return response;
  }

  private String campaign(long stock) {
    return """
    {"id":"%s","name":"쿠폰","totalStock":%d,
     "opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}
    """
        .formatted(id, stock);
  }

  private String admin(String path) {
    return "/api/v1/admin/campaigns/" + id + path;
  }

  private HttpResponse<String> issue(String user) throws Exception {
    return post("/api/v1/campaigns/" + id + "/issues", user, "");
  }

  private HttpResponse<String> mine(String user) throws Exception {
    return send(
        HttpRequest.newBuilder(at("/api/v1/campaigns/" + id + "/issues/me"))
            .header("X-User-Id", user));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(at(path)));
  }

  private HttpResponse<String> post(String path, @Nullable String user, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofString(body));
    return send(user == null ? request : request.header("X-User-Id", user));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
