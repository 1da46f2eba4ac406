package io.sunchak.server.http.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.http.Routes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The pages' files, with a site of this test's. */
class SiteIT {
  private final DisposableServer server = serve("a-site/");

  @AfterEach
  void stop() {
    server.disposeNow();
  }

  @Test
  void both_pages_are_asked_for_anew_each_time() {
    HttpResponse<String> dashboard = get("/");
    HttpResponse<String> claim = get("/c/any-campaign");

    assertThat(dashboard.body()).contains("dashboard");
    assertThat(claim.body()).contains("claim");
    for (HttpResponse<String> page : List.of(dashboard, claim)) {
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
      assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }
  }

  @Test
  void a_file_never_changes_under_its_name() {
    HttpResponse<String> file = get("/assets/index-Ab_12-x.js");

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=UTF-8");
    assertThat(file.headers().firstValue("Cache-Control"))
        .hasValue("max-age=31536000, public, immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/none.js",
        "/assets/secret.map",
        "/assets/..%2Findex.html",
        "/assets/..%2F..%2Fapplication.yaml",
        "/assets/.js",
        "/assets/%2e%2e%2fc.js",
        "/assets/a%00.js",
        "/assets/"
      })
  void nothing_else_is_served(String path) {
    assertThat(get(path).statusCode()).as(path).isEqualTo(404);
  }

  @Test
  void who_takes_it_compressed_gets_it_so_and_has_it_by_its_tag() {
    HttpResponse<byte[]> file = get("/assets/index-Ab_12-x.js", "Accept-Encoding", "br, gzip");
    HttpResponse<String> plain = get("/assets/index-Ab_12-x.js");
    String tag = file.headers().firstValue("ETag").orElseThrow();

    assertThat(file.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(unzipped(file.body())).isEqualTo(plain.body());
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.headers().firstValue("ETag")).isPresent().isNotEqualTo(Optional.of(tag));
    for (HttpResponse<?> answer : List.of(file, plain)) {
      assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
    }
    HttpResponse<byte[]> known = get("/", "If-None-Match", tagOf("/"));
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
  }

  /** Whoever asks for a hundred small pieces gets the file, once. */
  @Test
  void a_range_is_ignored() {
    HttpResponse<byte[]> file = get("/assets/index-Ab_12-x.js", "Range", "bytes=0-1,3-4,6-7");

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Range")).isEmpty();
    assertThat(new String(file.body(), UTF_8)).isEqualTo(get("/assets/index-Ab_12-x.js").body());
  }

  @Test
  void what_is_sent_to_one_is_there_for_the_next() {
    for (int i = 0; i < 50; i++) {
      assertThat(get("/assets/index-Ab_12-x.js").body()).isNotEmpty();
    }
  }

  private String tagOf(String path) {
    return get(path).headers().firstValue("ETag").orElseThrow();
  }

  private static String unzipped(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<byte[]> get(String path, String header, String value) {
    return send(server, path, BodyHandlers.ofByteArray(), header, value);
  }

  @Test
  void without_pages_the_front_leads_to_the_apis() {
    DisposableServer bare = serve("no-site/");
    try {
      assertThat(get(bare, "/").headers().firstValue("Location")).hasValue("swagger-ui.html");
      assertThat(get(bare, "/c/any").statusCode()).isEqualTo(404);
    } finally {
      bare.disposeNow();
    }
  }

  private static DisposableServer serve(String folder) {
    Routes routes = new Routes(List.of(new SiteHandler(folder)));
    ReactorHttpHandlerAdapter handler =
        new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes.function()));
    return HttpServer.create().host("127.0.0.1").port(0).handle(handler).bindNow();
  }

  private HttpResponse<String> get(String path) {
    return get(server, path);
  }

  private static HttpResponse<String> get(DisposableServer from, String path) {
    return send(from, path, BodyHandlers.ofString(), "Accept", "*/*");
  }

  private static <T> HttpResponse<T> send(
      DisposableServer from, String path, BodyHandler<T> body, String header, String value) {
    URI uri = URI.create("http://127.0.0.1:" + from.port() + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).header(header, value).build(), body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
