package io.sunchak.server.http.pages;

import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Routes.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Serves the dashboard and the claim page. Browsers revalidate pages each time; the pages' files
 * have a hash in their name and are cached for a year. All URLs in them are relative, so that they
 * work below a proxy's prefix too.
 */
public final class SiteHandler implements Calls {
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
  private static final String HTML = "text/html;charset=UTF-8";
  private static final CacheControl YEAR =
      CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2");

  private final @Nullable StaticFile dashboard;
  private final @Nullable StaticFile claim;
  private final Map<String, StaticFile> assets = new HashMap<>();

  /**
   * A site on the class path.
   *
   * @param folder ends with a slash; if it has no {@code index.html}, {@code /} redirects to the
   *     Swagger page
   */
  public SiteHandler(String folder) {
    dashboard = page(folder + "index.html");
    claim = page(folder + "c/index.html");
    for (Resource file : files(folder + "assets/*")) {
      String name = String.valueOf(file.getFilename());
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      if (type != null && FILE.matcher(name).matches()) {
        assets.put(name, new StaticFile(file, type, YEAR));
      }
    }
  }

  private static @Nullable StaticFile page(String path) {
    ClassPathResource page = new ClassPathResource(path);
    return page.exists() ? new StaticFile(page, HTML, CacheControl.noCache()) : null;
  }

  private static Resource[] files(String pattern) {
    try {
      return new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, "/", this::dashboard),
        Route.of(HttpMethod.GET, "/c/{campaign}", this::claim),
        Route.of(HttpMethod.GET, "/assets/{file}", this::file));
  }

  Mono<ServerResponse> dashboard(ServerRequest request) {
    return dashboard == null
        ? ServerResponse.temporaryRedirect(URI.create("swagger-ui.html")).build()
        : dashboard.answer(request);
  }

  /**
   * The page reads the campaign's id from its URL and shows an error if there is no such campaign.
   */
  Mono<ServerResponse> claim(ServerRequest request) {
    return answer(claim, request);
  }

  Mono<ServerResponse> file(ServerRequest request) {
    return answer(assets.get(request.pathVariable("file")), request);
  }

  private static Mono<ServerResponse> answer(@Nullable StaticFile file, ServerRequest request) {
    return file == null ? Answers.problem(Problem.of(Code.NOT_FOUND)) : file.answer(request);
  }
}
