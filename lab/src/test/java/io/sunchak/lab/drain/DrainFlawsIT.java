package io.sunchak.lab.drain;

import static io.sunchak.lab.testing.LabStage.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sunchak.alarm.Alarm;
import io.sunchak.core.Campaign;
import io.sunchak.core.Coupon;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.lab.cache.CacheUpdates;
import io.sunchak.lab.failure.FailureQueue;
import io.sunchak.lab.failure.Failures;
import io.sunchak.lab.ledger.Ledger;
import io.sunchak.lab.ledger.LedgerSchema;
import io.sunchak.lab.ledger.R2dbcDatabase;
import io.sunchak.lab.node.LabSettings;
import io.sunchak.lab.queue.QueuedIssue;
import io.sunchak.lab.queue.QueuedIssue.UnreadableException;
import io.sunchak.lab.redis.LabKeys;
import io.sunchak.lab.redis.RedisClients;
import io.sunchak.lab.testing.LabStage;
import io.sunchak.lab.write.Issuing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.Disposable;

/**
 * What is wrong with each of the four drains, made to happen: a slow ledger, or something that
 * comes between two commands, is all it takes.
 */
@ExtendWith(EnginesExtension.class)
final class DrainFlawsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Campaign campaign = Campaigns.open(100);
  private final RedisClients redis;
  private final HeldDatabase database;
  private final Ledger ledger;
  private final InterruptedQueue queue;
  private final Issuing issuing;
  private final Failures failures;

  DrainFlawsIT(EmbeddedEngines engines) {
    LabSettings.Engines at = LabStage.at(engines);
    LabKeys keys = new LabKeys("lab:queue:" + UUID.randomUUID());
    LedgerSchema.migrate(at.jdbcUrl(), at.postgresUser(), at.postgresPassword());
    redis = new RedisClients(at.redisUri());
    database =
        new HeldDatabase(new R2dbcDatabase(at.jdbcUrl(), at.postgresUser(), at.postgresPassword()));
    ledger = new Ledger(database);
    ReactiveStringRedisTemplate reactive = redis.reactive();
    queue = new InterruptedQueue(reactive, keys.queue());
    issuing = new Issuing(ledger, new CacheUpdates(reactive, keys));
    failures =
        new Failures(
            new FailureQueue(reactive, keys.failures()),
            issuing,
            LabSettings.retry(Duration.ofSeconds(1)),
            Alarm.SILENT,
            InstantSource.system());
  }

  @BeforeEach
  void create() {
    get(ledger.create(campaign));
  }

  @AfterEach
  void disconnect() {
    failures.close();
    ledger.close();
    redis.close();
  }

  @Test
  void drain_1_pops_what_it_did_not_issue() {
    PopAfterSuccessDrain drain = new PopAfterSuccessDrain(queue, issuing);
    enqueue("slow", "quick");
    CompletableFuture<Void> slow = database.hold("slow");
    Disposable run = drain.run().subscribe(done -> {}, failed -> {});
    await().atMost(PATIENCE).until(() -> waiting().size() == 1);

    // "quick" was issued and "slow" was popped for it.
    assertThat(issued()).containsExactly("quick");
    assertThat(waiting()).containsExactly("quick");
    slow.completeExceptionally(new IllegalStateException("no answer in time"));
    await().atMost(PATIENCE).until(run::isDisposed);
    drain.run().block(PATIENCE);
    assertThat(waiting()).isEmpty();
    assertThat(issued()).as("slow was accepted, and is lost").containsExactly("quick");
  }

  @Test
  void drain_2_removes_what_nobody_issued_when_a_run_outlasts_the_interval() {
    RemoveByIndexDrain drain = new RemoveByIndexDrain(queue, issuing);
    enqueue("a", "slow");
    CompletableFuture<Void> slow = database.hold("slow");
    Disposable first = drain.run().subscribe();
    await().atMost(PATIENCE).until(() -> issued().contains("a"));
    drain.run().block(PATIENCE); // the next tick's: issues both, removes both
    enqueue("c", "d");
    slow.complete(null);
    await().atMost(PATIENCE).until(first::isDisposed);

    assertThat(issued()).containsExactly("a", "slow");
    assertThat(waiting()).as("c and d were accepted, and are lost").isEmpty();
  }

  @Test
  void drain_3_loses_what_is_enqueued_during_the_rebuild() {
    enqueue("early");
    queue.beforeReplacing(queue.add(entry("late", 2)));
    new MarkAndRebuildDrain(queue, issuing).run().block(PATIENCE);

    assertThat(issued()).containsExactly("early");
    assertThat(waiting()).as("late was accepted, and is lost").isEmpty();
  }

  @Test
  void drain_3_cannot_read_its_own_mark_when_runs_overlap() {
    MarkAndRebuildDrain drain = new MarkAndRebuildDrain(queue, issuing);
    enqueue("a");
    queue.beforeReading(drain.run());

    assertThatThrownBy(() -> drain.run().block(PATIENCE))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining(MarkAndRebuildDrain.MARK);
    // The failed run has left its mark behind, so that every later run fails of it as well.
    assertThat(waiting()).containsExactly(MarkAndRebuildDrain.MARK);
  }

  @Test
  void drain_4_loses_what_it_had_popped_when_it_is_killed() {
    enqueue("popped");
    CompletableFuture<Void> never = database.hold("popped");
    Disposable run = new PopFirstDrain(queue, issuing, failures).run().subscribe();
    await().atMost(PATIENCE).until(() -> waiting().isEmpty());
    run.dispose(); // the process ends here, and with it the only place where the entry stood
    never.cancel(true);

    assertThat(issued()).isEmpty();
    assertThat(waiting()).isEmpty();
    assertThat(failures.all().collectList().block(PATIENCE)).isEmpty();
  }

  private void enqueue(String... users) {
    long sequence = 0;
    for (String user : users) {
      queue.add(entry(user, ++sequence)).block(PATIENCE);
    }
  }

  private String entry(String user, long sequence) {
    return new QueuedIssue(campaign.id(), user, sequence, Instant.now()).json();
  }

  /** The users in the queue, oldest first; what is no entry as it stands. */
  private List<String> waiting() {
    return get(queue.all().collectList()).stream()
        .map(entry -> entry.startsWith("{") ? QueuedIssue.parse(entry).user() : entry)
        .toList();
  }

  private List<String> issued() {
    return get(ledger.page(campaign.id(), 0, 100)).stream().map(Coupon::user).toList();
  }
}
