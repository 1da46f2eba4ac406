package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueOutcome.Unavailable.Reason;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.Stock;
import io.sunchak.core.UserId;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis is killed again and again under load; the supervisor brings it back each time. */
@ExtendWith(EnginesExtension.class)
final class KillRedisIT {
  private static final int KILLS = 5;
  private static final int CLIENTS = 32;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration RETRY = Duration.ofMillis(20);
  @AutoClose private static RedisStage stage;

  private final AtomicBoolean running = new AtomicBoolean(true);
  private final AtomicInteger accepted = new AtomicInteger();
  private final Campaign campaign = Campaigns.in(Campaigns.OPEN, Stock.unlimited());
  @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    stage = new RedisStage(2, RedisNode.Settings.of(engines.redisServerUri()));
  }

  @AfterEach
  void stopClients() {
    running.set(false);
  }

  @Test
  void everything_accepted_is_still_there_after_each_kill(EmbeddedEngines engines) {
    checker.stage().create(campaign);
    List<CompletableFuture<Void>> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(client ->
                CompletableFuture.runAsync(() -> keepIssuing(client), Thread::startVirtualThread))
            .toList();
    for (int i = 0; i < KILLS; i++) {
      awaitMoreAccepted(500);
      int restarts = engines.redis().restarts();
      ProcessHandle.of(engines.redis().pid()).ifPresent(ProcessHandle::destroyForcibly);
      await().atMost(LIMIT).until(() -> engines.redis().restarts() > restarts);
    }
    awaitMoreAccepted(500);
    running.set(false);
    clients.forEach(client -> client.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join());
    assertThat(checker.stage().drained(campaign.id()).rows())
        .hasSizeGreaterThanOrEqualTo(accepted.get());
  }

  private void awaitMoreAccepted(int more) {
    int target = accepted.get() + more;
    await().atMost(LIMIT).until(() -> accepted.get() >= target);
  }

  private void keepIssuing(int client) {
    for (int i = 0; running.get() && i < 100_000; i++) {
      String user = "client-" + client + "-" + i;
      await()
          .atMost(LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(RETRY)
          .until(() -> ask(client, user), KillRedisIT::isHeld);
      accepted.incrementAndGet();
    }
  }

  /** Nothing but "not now" and "unknown" is said in between. */
  private static boolean isHeld(IssueOutcome outcome) {
    if (outcome instanceof Unavailable no) {
      assertThat(no.reason()).isIn(Reason.REDIS_DOWN, Reason.REBUILDING, Reason.OVERLOADED);
    } else if (!(outcome instanceof IssueOutcome.Held)) {
      assertThat(outcome).isEqualTo(new IssueOutcome.Unknown());
    }
    return outcome instanceof IssueOutcome.Held;
  }

  private IssueOutcome ask(int client, String user) {
    return checker
        .recording(stage.nodes().get(client % 2).issuer())
        .issue(new IssueRequest(campaign.id(), new UserId(user)))
        .toCompletableFuture()
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
