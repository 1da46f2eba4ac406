package io.sunchak.server.api;

import io.sunchak.server.api.Routes.Route;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The dashboard and the claim page. Pages are asked for anew each time; their files have a hash in
 * the name and are kept for a year.
 */
public final class SiteHandler implements Calls {
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2");

  private final String folder;

  /**
   * A site of the class path.
   *
   * @param folder ends with a slash; without an {@code index.html} in it, {@code /} leads to the
   *     API's page
   */
  public SiteHandler(String folder) {
    this.folder = folder;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, "/", this::dashboard),
        Route.of(HttpMethod.GET, "/c/{campaign}", this::claim),
        Route.of(HttpMethod.GET, "/assets/{file}", this::file));
  }

  Mono<ServerResponse> dashboard(ServerRequest request) {
    ClassPathResource page = new ClassPathResource(folder + "index.html");
    return page.exists()
        ? page(page)
        : ServerResponse.temporaryRedirect(URI.create("/swagger-ui.html")).build();
  }

  /** The page itself asks which campaign it is, and says so when there is none. */
  Mono<ServerResponse> claim(ServerRequest request) {
    ClassPathResource page = new ClassPathResource(folder + "c.html");
    return page.exists() ? page(page) : notHere();
  }

  private static Mono<ServerResponse> page(ClassPathResource page) {
    return ServerResponse.ok()
        .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
        .cacheControl(CacheControl.noCache())
        .bodyValue(page);
  }

  Mono<ServerResponse> file(ServerRequest request) {
    String name = request.pathVariable("file");
    String type = type(name);
    if (type == null || !FILE.matcher(name).matches()) {
      return notHere();
    }
    ClassPathResource file = new ClassPathResource(folder + "assets/" + name);
    return file.exists()
        ? ServerResponse.ok()
            .contentType(MediaType.parseMediaType(type))
            .cacheControl(CacheControl.maxAge(YEAR).cachePublic().immutable())
            .bodyValue(file)
        : notHere();
  }

  private static @Nullable String type(String name) {
    return TYPES.get(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Mono<ServerResponse> notHere() {
    return Answers.problem(Problem.of(Code.NOT_FOUND));
  }
}
