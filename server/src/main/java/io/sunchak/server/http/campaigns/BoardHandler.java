package io.sunchak.server.http.campaigns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sunchak.core.CampaignId;
import io.sunchak.server.campaigns.CampaignBoard;
import io.sunchak.server.campaigns.CampaignBoard.Sheet;
import io.sunchak.server.campaigns.CampaignBoard.Shown;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Paging;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Routes.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Public reads of campaigns, which everybody makes before an opening. Answers come from the board
 * of the current second and have an ETag, so that a repeated read is a 304.
 */
public final class BoardHandler implements Calls {
  private static final String PATH = "/api/v1/campaigns";

  /** Cached answers of one second, like the board. */
  private static final CacheControl SECOND =
      CacheControl.maxAge(Duration.ofSeconds(1)).cachePublic();

  /** At most so many different pages are cached; others are written for each request. */
  private static final int PAGES = 64;

  private final CampaignBoard board;
  private final InstantSource clock;
  private final Cache<PageOf, Written> pages =
      Caffeine.newBuilder().maximumSize(PAGES).expireAfterWrite(Duration.ofSeconds(2)).build();

  private record PageOf(Sheet sheet, @Nullable CampaignId after, int limit) {
    /**
     * Sheets are compared by identity, because comparing their contents would cost as much as
     * writing them.
     */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof PageOf page
          && sheet.at().equals(page.sheet.at())
          && Objects.equals(after, page.after)
          && limit == page.limit;
    }

    @Override
    public int hashCode() {
      return Objects.hash(sheet.at(), after, limit);
    }
  }

  private static final class Written {
    private final String tag;
    private final byte[] json;

    Written(String tag, byte[] json) {
      this.tag = tag;
      this.json = json;
    }
  }

  public BoardHandler(CampaignBoard board, InstantSource clock) {
    this.board = board;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.GET, PATH, this::list),
        Route.of(HttpMethod.GET, PATH + "/{id}", this::read));
  }

  Mono<ServerResponse> list(ServerRequest request) {
    return board
        .sheet()
        .publishOn(Answers.BLOCKING)
        .flatMap(sheet -> {
          Paging paging = Paging.of(request);
          PageOf page = new PageOf(sheet, paging.afterCampaign(), paging.limit());
          return answer(request, pages.get(page, key -> written(key, paging)));
        })
        .onErrorResume(Answers::problem);
  }

  private static Written written(PageOf page, Paging paging) {
    Instant at = page.sheet().at();
    List<Shown> shown = page.sheet().page(page.after(), page.limit());
    String last = shown.isEmpty() ? "" : shown.getLast().campaign().id().value();
    List<Map<String, Object>> items = shown.stream().map(one -> view(one, at)).toList();
    StringBuilder looks = new StringBuilder();
    shown.forEach(one -> looks.append(look(one, at)));
    return new Written(tag(looks), Answers.bytes(paging.answer(items, last)));
  }

  Mono<ServerResponse> read(ServerRequest request) {
    return board
        .sheet()
        .flatMap(sheet -> {
          Shown shown = sheet.campaigns().get(Answers.campaign(request));
          if (shown == null) {
            return Answers.problem(Problem.of(Code.CAMPAIGN_NOT_FOUND));
          }
          Instant now = clock.instant();
          return answer(
              request, new Written(tag(look(shown, now)), Answers.bytes(view(shown, now))));
        })
        .onErrorResume(Answers::problem);
  }

  /** Everything that can differ between two answers, except the server's time. */
  private static String look(Shown shown, Instant now) {
    return "%s %d %d %s;"
        .formatted(
            shown.campaign().id(),
            shown.campaign().version(),
            shown.issued(),
            CampaignView.state(shown.campaign(), shown.issued(), now));
  }

  private static String tag(CharSequence looks) {
    return "W/\""
        + DigestUtils.md5DigestAsHex(looks.toString().getBytes(StandardCharsets.UTF_8))
        + '"';
  }

  private static Map<String, Object> view(Shown shown, Instant now) {
    return CampaignView.shown(shown.campaign(), shown.issued(), now);
  }

  private static Mono<ServerResponse> answer(ServerRequest request, Written written) {
    boolean known =
        request.headers().header(HttpHeaders.IF_NONE_MATCH).stream()
            .anyMatch(tags -> tags.strip().equals("*") || tags.contains(written.tag.substring(2)));
    ServerResponse.BodyBuilder answer =
        ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
            .cacheControl(SECOND)
            .header(HttpHeaders.ETAG, written.tag);
    return known
        ? answer.build()
        : answer.contentType(MediaType.APPLICATION_JSON).bodyValue(written.json);
  }
}
