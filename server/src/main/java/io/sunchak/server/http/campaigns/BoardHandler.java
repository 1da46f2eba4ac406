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
import io.sunchak.server.limits.Pace;
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
  static final CacheControl SECOND = CacheControl.maxAge(Duration.ofSeconds(1)).cachePublic();

  /** At most so many different pages are cached; others are written for each request. */
  private static final int PAGES = 64;

  private final CampaignBoard board;
  private final Pace lists;
  private final InstantSource clock;
  private final WrittenViews views = new WrittenViews();
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

  /**
   * The public reads.
   *
   * @param lists the pace of all lists together
   */
  public BoardHandler(CampaignBoard board, Pace lists, InstantSource clock) {
    this.board = board;
    this.lists = lists;
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
          Written written = pages.get(page, key -> written(key, paging));
          return isKnown(request, written) ? answer(request, written) : inTurn(request, written);
        })
        .onErrorResume(Answers::problem);
  }

  /** Ten thousand who list all campaigns must not be felt by those who press. */
  private Mono<ServerResponse> inTurn(ServerRequest request, Written written) {
    return Mono.fromFuture(() -> lists.turn(written.json.length))
        .flatMap(refusal -> Answers.problem(Problem.limited(refusal)))
        .switchIfEmpty(Mono.defer(() -> answer(request, written)));
  }

  private static Written written(PageOf page, Paging paging) {
    Instant at = page.sheet().at();
    List<Shown> shown = page.sheet().page(page.after(), page.limit());
    String last = shown.isEmpty() ? "" : shown.getLast().campaign().id().value();
    List<Map<String, Object>> items =
        shown.stream().map(one -> CampaignView.shown(one.campaign(), one.issued(), at)).toList();
    StringBuilder looks = new StringBuilder();
    shown.forEach(one -> looks.append(WrittenViews.look(one, at)));
    return new Written(
        WrittenViews.tagOf(looks.toString()), Answers.bytes(paging.answer(items, last)));
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
          WrittenViews.Written written = views.of(shown, now);
          return answer(request, new Written(written.tag(), written.json(now)));
        })
        .onErrorResume(Answers::problem);
  }

  private static boolean isKnown(ServerRequest request, Written written) {
    return WrittenViews.isKnown(request.headers().header(HttpHeaders.IF_NONE_MATCH), written.tag);
  }

  private static Mono<ServerResponse> answer(ServerRequest request, Written written) {
    boolean known = isKnown(request, written);
    ServerResponse.BodyBuilder answer =
        ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
            .cacheControl(SECOND)
            .header(HttpHeaders.ETAG, written.tag);
    return known
        ? answer.build()
        : answer.contentType(MediaType.APPLICATION_JSON).bodyValue(written.json);
  }
}
