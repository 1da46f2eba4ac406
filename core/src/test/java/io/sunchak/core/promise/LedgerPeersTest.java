package io.sunchak.core.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a resync waits for a node that does not hand over. */
class LedgerPeersTest {
  private static final Duration GONE = Duration.ofSeconds(2);
  private static final Duration CONNECTED = Duration.ofSeconds(10);

  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final Campaign campaign = Campaigns.open(6);
  private @Nullable Duration handsOverAfter;

  @BeforeEach
  void twoNodes() {
    ledger.create(campaign);
    var _ = ledger.report("late", "redis", List.of());
  }

  @Test
  void a_node_without_a_connection_to_redis_is_waited_for_two_seconds() {
    assertThat(waited(() -> Set.of("another"), Set.of("late")))
        .isBetween(GONE, GONE.plusMillis(50));
  }

  @Test
  void a_node_with_a_connection_to_redis_is_waited_for_until_it_hands_over() {
    handsOverAfter = Duration.ofSeconds(5);
    assertThat(waited(() -> Set.of("late"), Set.of()))
        .isBetween(handsOverAfter, handsOverAfter.plusMillis(200));
  }

  @Test
  void and_ten_seconds_at_most() {
    assertThat(waited(() -> Set.of("late"), Set.of("late")))
        .isBetween(CONNECTED, CONNECTED.plusMillis(200));
  }

  @Test
  void and_not_when_its_connection_ends() {
    Instant end = clock.instant().plusSeconds(4);
    assertThat(
            waited(() -> clock.instant().isBefore(end) ? Set.of("late") : Set.of(), Set.of("late")))
        .isBetween(Duration.ofSeconds(4), Duration.ofMillis(4_200));
  }

  /** How long a resync waits, and that it finds these nodes silent. */
  private Duration waited(ConnectedNodes redis, Set<String> silent) {
    Instant begun = clock.instant();
    long epoch = ledger.begin(campaign.id(), 0);
    LedgerPeers peers =
        new LedgerPeers(
            "early",
            new PromiseBook(1),
            ledger,
            redis,
            () -> Duration.between(begun, clock.instant()).toNanos(),
            nanos -> {
              clock.advance(Duration.ofNanos(nanos));
              if (handsOverAfter != null && !clock.instant().isBefore(begun.plus(handsOverAfter))) {
                ledger.handOver(campaign.id(), epoch, "late", List.of());
              }
            });
    assertThat(peers.handOver(campaign.id(), epoch)).isEqualTo(silent);
    return Duration.between(begun, clock.instant());
  }
}
