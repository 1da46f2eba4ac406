package io.sunchak.lab.web;

import io.sunchak.lab.async.Stages;
import io.sunchak.lab.failure.Failure;
import io.sunchak.lab.node.LabNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** The failure queue: look, and try one again by hand. */
final class FailureCalls {
  private final LabNode node;

  FailureCalls(LabNode node) {
    this.node = node;
  }

  /** The oldest first, at most {@code limit}. */
  CompletionStage<Answer> list(Call call) {
    return Stages.of(
        node.failureQueue()
            .all()
            .sort(Comparator.comparing(Failure::failedAt).thenComparing(Failure::id))
            .take(call.limit())
            .map(FailureCalls::view)
            .collectList()
            .map(items -> Answer.json(200, CampaignCalls.paged(items, null))));
  }

  CompletionStage<Answer> replay(Call call) {
    call.refuseBody();
    return Stages.of(
        node.failureQueue()
            .find(call.id())
            .switchIfEmpty(Mono.error(Problem.of(Code.NOT_FOUND)))
            .flatMap(failure ->
                node.replay()
                    .attempt(failure)
                    .thenReturn(Answer.json(200, Map.of("id", failure.id(), "state", "ISSUED")))
                    .onErrorMap(error -> Problem.of(Code.REPLAY_FAILED, error.getMessage()))));
  }

  private static Map<String, Object> view(Failure failure) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", failure.id());
    view.put("state", failure.state().name());
    view.put("entry", failure.entry());
    view.put("reason", failure.reason());
    view.put("attempts", failure.attempts());
    view.put("failedAt", failure.failedAt().toString());
    return view;
  }
}
