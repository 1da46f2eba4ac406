package io.sunchak.server.http.pages;

import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Routes.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import reactor.core.publisher.Mono;

/** Serves the OpenAPI file and a Swagger page. */
public final class DocsHandler implements Calls {
  private static final String SCRIPT = "text/javascript";
  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html;charset=UTF-8",
          "index.css", "text/css",
          "swagger-ui.css", "text/css",
          "swagger-ui-bundle.js", SCRIPT,
          "swagger-ui-standalone-preset.js", SCRIPT,
          "favicon-16x16.png", "image/png",
          "favicon-32x32.png", "image/png");

  /** Their names are fixed while their contents change with the library. */
  private static final CacheControl ASKED_FOR = CacheControl.noCache();

  private static final String INITIALIZER =
      """
      window.onload = () => {
        window.ui = SwaggerUIBundle({
          url: '../v3/api-docs',
          dom_id: '#swagger-ui',
          validatorUrl: null, // else the page shows this API to a validator on the internet
        });
      };
      """;

  private final Map<String, Object> openApi;
  private final Map<String, StaticFile> files = new HashMap<>();

  /** Reads {@code openapi.yaml} from the resources, which is written by hand. */
  public DocsHandler() {
    try (InputStream file = new ClassPathResource("openapi.yaml").getInputStream();
        InputStream pom =
            new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties")
                .getInputStream()) {
      openApi = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
      Properties version = new Properties();
      version.load(pom);
      String webjar = "META-INF/resources/webjars/swagger-ui/" + version.getProperty("version");
      FILES.forEach((name, type) ->
          files.put(
              name, new StaticFile(new ClassPathResource(webjar + "/" + name), type, ASKED_FOR)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] initializer = INITIALIZER.getBytes(StandardCharsets.UTF_8);
    files.put("swagger-initializer.js", new StaticFile(initializer, SCRIPT, ASKED_FOR));
  }

  /** The OpenAPI document, as parsed. */
  Map<String, Object> document() {
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
    return ServerResponse.seeOther(URI.create("swagger-ui/index.html")).build();
  }

  Mono<ServerResponse> file(ServerRequest request) {
    StaticFile file = files.get(request.pathVariable("file"));
    return file == null ? Answers.problem(Problem.of(Code.NOT_FOUND)) : file.answer(request);
  }
}
