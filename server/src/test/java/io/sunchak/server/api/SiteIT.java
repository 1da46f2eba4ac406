package io.sunchak.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
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
  void without_pages_the_front_leads_to_the_apis() {
    DisposableServer bare = serve("no-site/");
    try {
      assertThat(get(bare, "/").headers().firstValue("Location")).hasValue("/swagger-ui.html");
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
    URI uri = URI.create("http://127.0.0.1:" + from.port() + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
