package io.sunchak.lab.web;

import io.sunchak.lab.async.Stages;
import io.sunchak.lab.failure.Failure;
import io.sunchak.lab.node.LabNode;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** The failure queue: list it, and replay one by hand. */
record FailureCalls(LabNode node) {
  /** The oldest first, at most {@code limit}. */
  CompletionStage<Answer> list(Call call) {
    return Stages.of(
        node.failures()
            .all()
            .sort(Comparator.comparing(Failure::failedAt).thenComparing(Failure::id))
            .take(call.limit())
            .collectList()
            .map(items -> Answer.json(200, CampaignCalls.paged(items, null))));
  }

  CompletionStage<Answer> replay(Call call) {
    call.refuseBody();
    return Stages.of(
        node.failures()
            .find(call.id())
            .switchIfEmpty(Mono.error(Problem.of(Code.NOT_FOUND)))
            .flatMap(failure ->
                node.failures()
                    .replay(failure)
                    .thenReturn(Answer.json(200, Map.of("id", failure.id(), "state", "ISSUED")))
                    .onErrorMap(error -> Problem.of(Code.REPLAY_FAILED, error.getMessage()))));
  }
}
