package io.sunchak.server.api;

import io.sunchak.server.api.Routes.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import reactor.core.publisher.Mono;

/** The OpenAPI file and the page to try it on, all from this server. */
public final class DocsHandler implements Calls {

  private static final Set<String> FILES =
      Set.of(
          "index.html",
          "index.css",
          "swagger-ui.css",
          "swagger-ui-bundle.js",
          "swagger-ui-standalone-preset.js",
          "favicon-16x16.png",
          "favicon-32x32.png");
  private static final String INITIALIZER =
      """
      window.onload = () => {
        window.ui = SwaggerUIBundle({
          url: '/v3/api-docs',
          dom_id: '#swagger-ui',
          validatorUrl: null, // else the page shows this API to a validator on the internet
        });
      };
      """;

  private final Map<String, Object> openApi;
  private final String webjar;

  /** Reads the file that is kept by hand in the resources. */
  public DocsHandler() {
    try (InputStream file = new ClassPathResource("openapi.yaml").getInputStream();
        InputStream pom =
            new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties")
                .getInputStream()) {
      openApi = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
      Properties version = new Properties();
      version.load(pom);
      webjar = "META-INF/resources/webjars/swagger-ui/" + version.getProperty("version") + "/";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The OpenAPI document, as parsed. */
  public Map<String, Object> document() {
    return openApi;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, "/v3/api-docs", this::openApi),
        Route.of(HttpMethod.GET, "/swagger-ui.html", this::page),
        Route.of(HttpMethod.GET, "/swagger-ui/{file}", this::file));
  }

  Mono<ServerResponse> openApi(ServerRequest request) {
    return Answers.json(openApi);
  }

  Mono<ServerResponse> page(ServerRequest request) {
    return ServerResponse.seeOther(URI.create("/swagger-ui/index.html")).build();
  }

  Mono<ServerResponse> file(ServerRequest request) {
    String name = request.pathVariable("file");
    if (name.equals("swagger-initializer.js")) {
      return ServerResponse.ok()
          .contentType(MediaType.parseMediaType("text/javascript"))
          .bodyValue(INITIALIZER.getBytes(StandardCharsets.UTF_8));
    }
    if (!FILES.contains(name)) {
      return Answers.problem(Problem.of(Code.NOT_FOUND));
    }
    return ServerResponse.ok()
        .contentType(type(name))
        .bodyValue(new ClassPathResource(webjar + name));
  }

  private static MediaType type(String name) {
    return MediaType.parseMediaType(
        switch (name.substring(name.lastIndexOf('.'))) {
          case ".html" -> "text/html;charset=UTF-8";
          case ".css" -> "text/css";
          case ".js" -> "text/javascript";
          default -> "image/png";
        });
  }
}
