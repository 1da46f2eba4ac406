package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.IssueRequest;
import io.sunchak.core.UserId;
import io.sunchak.core.drain.Drain;
import io.sunchak.core.drain.DrainListener;
import io.sunchak.core.drain.DrainPorts;
import io.sunchak.core.log.LogHeads;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Two nodes drain one campaign in turns, and one node keeps up while accepting is busy. On engines
 * of its own, for every other node would drain these campaigns too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DrainTurnsIT {
  private static final Duration BUSY = Duration.ofSeconds(4);
  private static final int IN_FLIGHT = 64;

  /** A turn is one second; the other node must also wake, read and write, on a slow machine. */
  private static final Duration PASSED_ON = Duration.ofSeconds(5);

  private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
  private final EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
  private final BothSides sides = BothSides.of(engines);
  private final AtomicInteger users = new AtomicInteger();
  private final Queue<Integer> batches = new ConcurrentLinkedQueue<>();
  private final Queue<Double> lags = new ConcurrentLinkedQueue<>();
  private final Drained one = new Drained();
  private final Drained other = new Drained();
  private CampaignId campaign = Campaigns.freshId();

  /** A node whose drain's writes are counted. */
  private final class Drained {
    private final IssuingNode node = IssuingNode.startWithoutDrain(engines);
    private CountedWrites writes = new CountedWrites(node.drained().ledger());
    private Drain drain = drain();

    private Drain drain() {
      DrainPorts ports = node.drained();
      DrainListener listener =
          new DrainListener() {
            @Override
            public void onBatch(CampaignId id, int rows, long nanos, double lag) {
              batches.add(rows);
              lags.add(lag);
            }
          };
      return new Drain(
          new DrainPorts(ports.campaigns(), writes, ports.log(), ports.promises(), ports.checks()),
          (LogHeads) ports.log(),
          listener,
          InstantSource.system(),
          LoopListener.NONE);
    }

    void begin() {
      writes = new CountedWrites(node.drained().ledger());
      drain = drain();
      drain.start();
    }

    void end() throws InterruptedException {
      drain.stop(Duration.ofSeconds(5));
    }

    void accept(Semaphore places) throws InterruptedException {
      places.acquire();
      UserId user = new UserId("u" + users.incrementAndGet());
      var _ =
          node.issuer()
              .issue(new IssueRequest(campaign, user))
              .whenComplete((outcome, error) -> {
                places.release();
                drain.wake(campaign);
              });
    }
  }

  @BeforeEach
  void open() {
    Campaign open = Campaigns.open(10_000_000);
    campaign = open.id();
    sides.create(open);
    one.node.serve(List.of(campaign));
    other.node.serve(List.of(campaign));
    users.set(0);
    batches.clear();
    lags.clear();
  }

  /** Whoever drained: every number is a row, once. */
  @AfterEach
  void every_reservation_is_one_row() throws InterruptedException {
    List<Coupon> rows = sides.drained(campaign).rows();
    one.end();
    other.end();
    assertThat(rows)
        .extracting(Coupon::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, users.get()).boxed().toList());
  }

  @AfterAll
  void close() {
    sides.close();
    one.node.close();
    other.node.close();
    engines.close();
    data.close();
  }

  @Test
  void two_nodes_leave_each_others_batches_alone() throws InterruptedException {
    one.begin();
    other.begin();
    acceptFor(BUSY, one, other);
    sides.drained(campaign);

    int written = one.writes.written() + other.writes.written();
    int lost = one.writes.lost() + other.writes.lost();
    System.out.printf("turns: %d batches written, %d lost%n", written, lost);
    // One at the start, when nobody had a turn; one more for each second that a node stands still.
    assertThat(lost).as("of %d", written).isLessThanOrEqualTo(3);
    assertThat(written).isGreaterThan(5);
  }

  @Test
  void a_turn_passes_on_when_its_node_dies() throws InterruptedException {
    one.begin();
    acceptFor(Duration.ofSeconds(1), one);
    await().until(() -> one.writes.written() > 0);
    other.begin();
    one.writes.die();
    long died = System.nanoTime();
    acceptFor(Duration.ofSeconds(1), other);

    await().atMost(PASSED_ON).until(() -> other.writes.newest() > died);
  }

  @Test
  void while_accepting_is_busy_the_drain_keeps_up() throws InterruptedException {
    one.begin();
    acceptFor(BUSY, one);

    double perSecond = batches.size() / (double) BUSY.toSeconds();
    double median = lags.stream().sorted().skip(lags.size() / 2).findFirst().orElseThrow();
    System.out.printf("busy: %.1f batches/s, median lag %.3f s%n", perSecond, median);
    assertThat(median).as("lags: %s", lags).isLessThan(1);
  }

  private static void acceptFor(Duration time, Drained... nodes) throws InterruptedException {
    Semaphore places = new Semaphore(IN_FLIGHT);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      for (Drained node : nodes) {
        node.accept(places);
      }
    }
    places.acquire(IN_FLIGHT);
  }
}
