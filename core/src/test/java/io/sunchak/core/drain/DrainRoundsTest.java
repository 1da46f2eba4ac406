package io.sunchak.core.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Backoff;
import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.log.LogException;
import io.sunchak.core.log.ReservationLog;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryKeyspace;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.ManualNode;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainRoundsTest {
  private static final Duration GATHER = Duration.ofMillis(20);

  /** The pause counts from the round's start, a moment before the read. */
  private static final Duration NEARLY_YIELD = Duration.ofMillis(40);

  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final ManualNode node = new ManualNode(ledger, new InMemoryKeyspace(clock), clock);
  private final Campaign campaign = Campaigns.open(1_000_000);
  private final CampaignId id = campaign.id();
  private final Semaphore passes = new Semaphore(1);
  private final List<Long> reads = Collections.synchronizedList(new ArrayList<>());
  private boolean awaited;
  private final List<RuntimeException> errors = Collections.synchronizedList(new ArrayList<>());

  @Test
  void after_a_small_batch_more_is_let_gather_whatever_the_news() throws Exception {
    DrainRounds[] loop = new DrainRounds[1];
    loop[0] =
        over(() -> {
          loop[0].waiter().wake();
          return reads.size() > 10 ? closing(loop[0]) : DrainLedger.BUSY - 1;
        });
    runToItsEnd(loop[0]);
    assertThat(pauses()).hasSize(10).allSatisfy(p -> assertThat(p).isGreaterThanOrEqualTo(GATHER));
  }

  @Test
  void after_a_full_batch_it_goes_on_at_once() throws Exception {
    DrainRounds[] loop = new DrainRounds[1];
    loop[0] = over(() -> reads.size() > 20 ? closing(loop[0]) : 1, true);
    runToItsEnd(loop[0]);
    // A machine may be slow, but not each time.
    assertThat(pauses()).hasSize(20).anySatisfy(p -> assertThat(p).isLessThan(GATHER));
    assertThat(ledger.counts(id).cursor()).isEqualTo(20);
  }

  @Test
  void while_accepting_is_busy_it_yields_and_more_gathers() throws Exception {
    DrainRounds[] loop = new DrainRounds[1];
    loop[0] =
        over(() -> {
          loop[0].waiter().wake();
          return reads.size() > 3 ? closing(loop[0]) : DrainLedger.BUSY;
        });
    runToItsEnd(loop[0]);
    assertThat(pauses()).hasSize(3).allSatisfy(p -> assertThat(p).isGreaterThan(NEARLY_YIELD));
  }

  @Test
  void while_somebody_waits_for_rows_it_does_not_yield() throws Exception {
    awaited = true;
    DrainRounds[] loop = new DrainRounds[1];
    loop[0] = over(() -> reads.size() > 10 ? closing(loop[0]) : DrainLedger.BUSY);
    runToItsEnd(loop[0]);
    assertThat(pauses()).hasSize(10).anySatisfy(p -> assertThat(p).isLessThan(NEARLY_YIELD));
  }

  @Test
  void overtaken_by_another_node_it_stands_aside() throws Exception {
    DrainRounds[] loop = new DrainRounds[1];
    loop[0] =
        over(() -> {
          if (reads.size() > 5) {
            return closing(loop[0]);
          }
          long cursor = ledger.counts(id).cursor();
          Reservation others = new Reservation(0, cursor + 1, "other-" + cursor, clock.instant());
          assertThat(node.drainPorts().ledger().append(id, 0, cursor, List.of(others))).isTrue();
          return 1;
        });
    runToItsEnd(loop[0]);
    assertThat(pauses())
        .hasSize(5)
        .allSatisfy(p -> assertThat(p).isGreaterThanOrEqualTo(Duration.ofMillis(100)));
    assertThat(errors).isEmpty();
  }

  @Test
  void news_ends_an_idle_pause() throws Exception {
    DrainRounds[] loop = new DrainRounds[1];
    loop[0] =
        over(() -> {
          loop[0].waiter().wake();
          return reads.size() > 20 ? closing(loop[0]) : 0;
        });
    runToItsEnd(loop[0]);
    assertThat(pauses()).anySatisfy(p -> assertThat(p).isLessThan(Duration.ofMillis(50)));
  }

  @Test
  void nothing_for_a_while_lets_it_rest_and_end_and_news_begins_the_while_anew() throws Exception {
    DrainRounds[] loop = new DrainRounds[1];
    loop[0] = over(() -> reads.size() == 5 ? 1 : 0);
    Thread running = begun(loop[0]);
    while (reads.size() < 3) {
      Thread.onSpinWait();
    }
    loop[0].waiter().wake();
    while (reads.size() < 4) {
      Thread.onSpinWait();
    }
    loop[0].waiter().wake();
    assertThat(running.join(Duration.ofSeconds(50))).isTrue();
    assertThat(reads).as("three idle ones, two that were woken, three idle ones").hasSize(8);
    assertThat(loop[0].waiter().hasNews()).isFalse();
    assertThat(ledger.counts(id).cursor()).isEqualTo(1);
  }

  @Test
  void it_ends_when_the_ledger_does_not_know_its_campaign() throws Exception {
    DrainPass pass = new DrainPass(node.drainPorts(), DrainListener.NONE, clock);
    CampaignId unknown = Campaigns.freshId();
    runToItsEnd(new DrainRounds(unknown, pass, passes, backoff(), DrainListener.NONE));
  }

  @Test
  void a_failure_and_a_defect_end_neither_the_loop_nor_the_others_passes() throws Exception {
    DrainRounds[] loop = new DrainRounds[1];
    loop[0] =
        over(() ->
            switch (reads.size()) {
              case 1 -> throw new LogException("away", null);
              case 2 -> throw new IllegalStateException("a defect");
              case 3 -> 1;
              default -> closing(loop[0]);
            });
    runToItsEnd(loop[0]);
    assertThat(errors).extracting(Throwable::getMessage).containsExactly("away", "a defect");
    assertThat(ledger.counts(id).cursor()).isEqualTo(1);
    assertThat(passes.availablePermits()).isEqualTo(1);
  }

  @Test
  void it_waits_for_its_turn() throws Exception {
    DrainRounds[] loop = new DrainRounds[1];
    loop[0] = over(() -> closing(loop[0]));
    passes.acquire();
    Thread running = begun(loop[0]);
    while (!passes.hasQueuedThreads()) {
      Thread.onSpinWait();
    }
    assertThat(reads).isEmpty();
    passes.release();
    assertThat(running.join(Duration.ofSeconds(30))).isTrue();
    assertThat(reads).hasSize(1);
  }

  @Test
  void an_interrupt_ends_it() throws Exception {
    DrainRounds loop = over(() -> 0);
    passes.acquire();
    Thread running = begun(loop);
    running.interrupt();
    assertThat(running.join(Duration.ofSeconds(30))).isTrue();
  }

  private DrainRounds over(IntSupplier size) {
    return over(size, false);
  }

  /** A loop over a log whose next page holds so many, and perhaps one more; each read is noted. */
  private DrainRounds over(IntSupplier size, boolean more) {
    ledger.create(campaign);
    node.resyncPorts().ledger().finish(id, 0);
    ReservationLog log =
        (campaignId, ledgerId, epoch, cursor, last, max) -> {
          reads.add(System.nanoTime());
          return page(epoch, cursor, size.getAsInt(), more);
        };
    DrainPorts ports = node.drainPorts();
    DrainPorts over =
        new DrainPorts(ports.campaigns(), ports.ledger(), log, ports.promises(), ports.checks());
    DrainListener listener =
        new DrainListener() {
          @Override
          public void onError(CampaignId campaignId, RuntimeException error) {
            errors.add(error);
          }

          @Override
          public boolean isAwaited() {
            return awaited;
          }
        };
    DrainPass pass = new DrainPass(over, listener, clock);
    return new DrainRounds(id, pass, passes, backoff(), listener);
  }

  private ReservationLog.Page page(long epoch, long cursor, int size, boolean more) {
    List<Reservation> entries = new ArrayList<>();
    for (long n = cursor + 1; n <= cursor + size; n++) {
      entries.add(new Reservation(epoch, n, "u-" + n, clock.instant()));
    }
    return new ReservationLog.Entries(entries, size + (more ? 1 : 0));
  }

  private static int closing(DrainRounds loop) {
    loop.waiter().close();
    return 0;
  }

  private static Backoff backoff() {
    return new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new Random(1));
  }

  private static Thread begun(DrainRounds loop) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            while (loop.go()) {
              // one round after the other
            }
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void runToItsEnd(DrainRounds loop) throws InterruptedException {
    Thread running = begun(loop);
    assertThat(running.join(Duration.ofSeconds(50))).as("the loop ends").isTrue();
  }

  /** From one read to the next. */
  private List<Duration> pauses() {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 1; i < reads.size(); i++) {
      pauses.add(Duration.ofNanos(reads.get(i) - reads.get(i - 1)));
    }
    return pauses;
  }
}
