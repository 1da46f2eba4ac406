package io.sunchak.server.http.bulk;

import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.AuditLedger;
import io.sunchak.core.ledger.AuditLedger.Act;
import io.sunchak.core.ledger.AuditLedger.Action;
import io.sunchak.server.campaigns.CampaignQueries;
import io.sunchak.server.http.Answers;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.JsonLines;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.Routes.Route;
import io.sunchak.server.security.Access;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Issues coupons to a list of users, and streams what became of each. A call that was broken off is
 * repeated: who has a coupon keeps it.
 */
public final class BulkIssueHandler implements Calls {
  /** So many lines are written at once. */
  private static final int CHUNK = 100;

  private final BulkIssue issue;
  private final CampaignQueries campaigns;
  private final AuditLedger audits;

  public BulkIssueHandler(BulkIssue issue, CampaignQueries campaigns, AuditLedger audits) {
    this.issue = issue;
    this.campaigns = campaigns;
    this.audits = audits;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(HttpMethod.POST, "/api/v1/admin/campaigns/{id}/issues", this::issueAll));
  }

  Mono<ServerResponse> issueAll(ServerRequest request) {
    return Answers.body(request, UserLines.MOST_BYTES, UserLines.RULE)
        .flatMap(body ->
            Answers.blocking(() -> {
              List<UserId> users = UserLines.read(body);
              CampaignId id = Answers.campaign(request);
              return campaigns.get(id).state() == CampaignState.ARCHIVED
                  ? Answers.problem(Problem.of(Code.ARCHIVED))
                  : answer(id, users, Access.caller(request.exchange()).user().value());
            }))
        .onErrorResume(Answers::problem);
  }

  /**
   * The act is in the audit before the last line's end, also when the client has gone meanwhile.
   */
  private Mono<ServerResponse> answer(CampaignId id, List<UserId> users, String actor) {
    Flux<DataBuffer> lines =
        Flux.usingWhen(
                Mono.fromSupplier(Tally::new),
                tally -> issue.issue(id, users).doOnNext(tally::count),
                tally -> record(id, users, actor, tally),
                (tally, error) -> record(id, users, actor, tally),
                tally -> record(id, users, actor, tally))
            .map(IssueLine::json)
            .buffer(CHUNK)
            .map(some -> buffer(String.join("", some)));
    return ServerResponse.ok()
        .contentType(JsonLines.TYPE)
        .header("X-Accel-Buffering", "no") // nginx would keep the lines until the end
        .body(BodyInserters.fromDataBuffers(lines));
  }

  private Mono<Void> record(CampaignId id, List<UserId> users, String actor, Tally tally) {
    Act act = new Act(actor, Action.COUPONS_ISSUED, id, tally.text(users.size()));
    return Mono.<Void>fromRunnable(() -> audits.write(act)).subscribeOn(Answers.BLOCKING);
  }

  private static DataBuffer buffer(String text) {
    return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
