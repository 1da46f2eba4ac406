package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Nginx;
import io.sunchak.server.testing.ServerExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server below a prefix of a real proxy that compresses, which makes each ETag a weak one, and
 * speaks HTTP/1.0 or keeps its connections.
 */
@ParameterizedClass
@ValueSource(strings = {Nginx.PLAIN, Nginx.KEPT})
@ExtendWith(ServerExtension.class)
class BehindNginxIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int EVENTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String prefix;
  private final Api api;
  @AutoClose private final Nginx nginx;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  BehindNginxIT(String prefix, Api api) throws IOException {
    assumeTrue(Nginx.isInstalled(), Nginx.NEEDED);
    this.prefix = prefix;
    this.api = api;
    this.nginx = new Nginx(api.server().url());
  }

  @Test
  void a_user_gets_a_coupon_and_finds_it_where_the_answer_says() throws Exception {
    String campaign = create("pressed");
    String user = api.server().user("u1");

    HttpResponse<byte[]> yes =
        send(
            request("/api/v1/campaigns/" + campaign + "/issues", user)
                .POST(BodyPublishers.noBody()));
    URI mine = yes.uri().resolve(yes.headers().firstValue("Location").orElseThrow());
    HttpResponse<byte[]> own = send(request(mine, user));

    assertThat(yes.statusCode()).isEqualTo(202);
    assertThat(json(yes).path("sequence").asLong()).isEqualTo(1);
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(json(own).path("sequence").asLong()).isEqualTo(1);
  }

  @Test
  void a_campaign_that_was_read_compressed_is_known_when_it_is_read_again() throws Exception {
    URI view = url("/api/v1/campaigns/" + create("seen"));
    HttpResponse<byte[]> first = send(request(view, ""));
    String tag = tag(first);

    HttpResponse<byte[]> again = send(request(view, "").header("If-None-Match", tag));

    assertThat(first.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(tag).startsWith("W/");
    assertThat(json(first).path("remaining").asLong()).isEqualTo(10);
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void what_an_administrator_read_compressed_can_be_changed() throws Exception {
    URI campaign = url("/api/v1/admin/campaigns/" + create("changed"));
    String tag = tag(send(request(campaign, api.server().admin())));

    HttpResponse<byte[]> changed = send(patch(campaign, tag, 20));
    HttpResponse<byte[]> late = send(patch(campaign, tag, 30));

    assertThat(tag).startsWith("W/");
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(json(changed).path("totalStock").asLong()).isEqualTo(20);
    assertThat(late.statusCode()).isEqualTo(412);
  }

  private HttpRequest.Builder patch(URI campaign, String tag, int stock) {
    return request(campaign, api.server().admin())
        .header("If-Match", tag)
        .header("Content-Type", "application/json")
        .method(
            "PATCH", BodyPublishers.ofString(JSON.writeValueAsString(Map.of("totalStock", stock))));
  }

  @Test
  void live_figures_come_when_they_are_made() throws Exception {
    HttpResponse<InputStream> stream =
        http.send(
            request(url("/api/v1/admin/stream"), api.server().admin()).build(),
            BodyHandlers.ofInputStream());
    try (InputStream events = plain(stream, stream.body())) {
      long from = System.nanoTime();
      StringBuilder seen = new StringBuilder();
      while (seen.toString().split("data: ", -1).length <= EVENTS) {
        seen.append(part(events));
      }

      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
    }
  }

  /** What has come; a reader of lines would wait for more, since it never looks exhausted. */
  private static String part(InputStream compressed) throws IOException {
    byte[] part = new byte[8_192];
    int length = compressed.read(part);
    assertThat(length).as("the stream goes on").isPositive();
    return new String(part, 0, length, StandardCharsets.UTF_8);
  }

  @Test
  void a_page_finds_everything_that_it_loads_below_the_prefix() throws Exception {
    HttpResponse<byte[]> page = send(request("/c/" + create("shown"), ""));

    String html = text(page);
    URI script =
        page.uri().resolve(html.replaceFirst("(?s).*<script[^>]* src=\"([^\"]+)\".*", "$1"));
    HttpResponse<byte[]> loaded = send(request(script, ""));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(script.getPath()).startsWith(prefix + "/");
    assertThat(loaded.statusCode()).isEqualTo(200);
    assertThat(loaded.headers().firstValue("Content-Type").orElse("")).contains("javascript");
  }

  private String create(String what) {
    String id = "nginx-" + what + prefix.replace('/', '-');
    api.create(id, 10);
    return id;
  }

  private URI url(String path) {
    return URI.create(nginx.url() + prefix + path);
  }

  private HttpRequest.Builder request(String path, String token) {
    return request(url(path), token);
  }

  private static HttpRequest.Builder request(URI url, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).timeout(PATIENCE).header("Accept-Encoding", "gzip");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String tag(HttpResponse<?> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    return JSON.readTree(text(answer));
  }

  private static String text(HttpResponse<byte[]> answer) throws IOException {
    try (InputStream plain = plain(answer, new ByteArrayInputStream(answer.body()))) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream plain(HttpResponse<?> answer, InputStream body) throws IOException {
    boolean compressed = answer.headers().firstValue("Content-Encoding").isPresent();
    return compressed ? new GZIPInputStream(body) : body;
  }
}
