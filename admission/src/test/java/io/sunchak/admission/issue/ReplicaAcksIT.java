package io.sunchak.admission.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.admission.testing.RedisProcess;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.core.Campaign;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueOutcome.Accepted;
import io.sunchak.core.IssueOutcome.AlreadyIssued;
import io.sunchak.core.IssueOutcome.Unavailable;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody is told what no replica has. */
@ExtendWith(EnginesExtension.class)
final class ReplicaAcksIT {
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  @AutoClose private static RedisProcess primary;
  @AutoClose private static RedisProcess replica;
  @AutoClose private static RedisStage stage;

  private final Campaign campaign = Campaigns.open(1_000);

  @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    primary = new RedisProcess(engines, List.of("--repl-diskless-sync-delay", "0"));
    int port = URI.create(primary.uri()).getPort();
    replica = new RedisProcess(engines, List.of("--replicaof", "127.0.0.1", "" + port));
    stage = new RedisStage(1, RedisNode.Settings.of(primary.uri()).acks(1));
  }

  @BeforeEach
  void serve() {
    checker.stage().create(campaign);
    assertThat(answered("first")).isInstanceOf(Accepted.class);
  }

  @Test
  void while_the_replica_stands_still_the_outcome_is_unknown() {
    replica.signal("STOP");
    assertThat(ask("second")).isEqualTo(new IssueOutcome.Unknown());
    assertThat(ask("first")).as("a holder's, too").isEqualTo(new IssueOutcome.Unknown());
    replica.signal("CONT");
    assertThat(answered("second")).isEqualTo(new AlreadyIssued(2));
    assertThat(answered("third")).isInstanceOf(Accepted.class);
  }

  @Test
  void also_when_redis_has_forgotten_the_script() {
    replica.signal("STOP");
    try (TestRedis redis = new TestRedis(primary.uri(), primary.uri())) {
      redis.root().scriptFlush();
    }
    assertThat(ask("second")).isEqualTo(new IssueOutcome.Unknown());
    replica.signal("CONT");
    assertThat(answered("second")).isEqualTo(new AlreadyIssued(2));
  }

  @Test
  void without_a_replica_nobody_is_served() {
    replica.close();
    Unavailable away = new Unavailable(Unavailable.Reason.REDIS_DOWN);
    await().atMost(RECOVERY).untilAsserted(() -> assertThat(ask("second")).isEqualTo(away));
    replica.again();
    assertThat(answered("third")).isInstanceOf(Accepted.class);
  }

  private IssueOutcome ask(String user) {
    return checker
        .recording()
        .issue(new IssueRequest(campaign.id(), new UserId(user)))
        .toCompletableFuture()
        .join();
  }

  /** The first answer that says something. */
  private IssueOutcome answered(String user) {
    return await(user)
        .atMost(RECOVERY)
        .until(
            () -> ask(user),
            outcome ->
                !(outcome instanceof Unavailable) && !(outcome instanceof IssueOutcome.Unknown));
  }
}
