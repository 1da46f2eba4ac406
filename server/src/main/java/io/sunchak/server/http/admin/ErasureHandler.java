package io.sunchak.server.http.admin;

import io.sunchak.core.CampaignId;
import io.sunchak.core.UserId;
import io.sunchak.server.campaigns.Erasing;
import io.sunchak.server.campaigns.Erasing.Erased;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Routes.Route;
import io.sunchak.server.security.Access;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Erases a person from all archived campaigns. */
public final class ErasureHandler implements Calls {
  /** So many campaigns are named; the others are counted. */
  private static final int MOST_NAMED = 100;

  private static final Erased NOTHING = new Erased(null, 0, 0, List.of());

  private final Erasing erasing;

  public ErasureHandler(Erasing erasing) {
    this.erasing = erasing;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.of(HttpMethod.POST, "/api/v1/admin/users/{userId}/erase", this::erase));
  }

  /** What can be no user's id is nowhere. */
  Mono<ServerResponse> erase(ServerRequest request) {
    return Answers.noBody(request)
        .flatMap(none ->
            Answers.blocking(() -> {
              String user = request.pathVariable("userId");
              String actor = Access.caller(request.exchange()).user().value();
              return Answers.json(
                  view(UserId.isValid(user) ? erasing.erase(new UserId(user), actor) : NOTHING));
            }))
        .onErrorResume(Answers::problem);
  }

  private static Map<String, Object> view(Erased erased) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("pseudonym", erased.pseudonym());
    view.put("rows", erased.rows());
    view.put("campaigns", erased.campaigns());
    List<String> named = erased.others().stream().limit(MOST_NAMED).map(CampaignId::value).toList();
    view.put("notArchived", named);
    view.put("notArchivedCount", erased.others().size());
    return view;
  }
}
