package io.sunchak.core.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.ledger.NodeName;
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

  private static final String LATE = NodeName.of("shop-1:8080", "late");
  private static final String NEXT = NodeName.of("shop-1:8080", "next");

  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final Campaign campaign = Campaigns.open(6);
  private @Nullable Duration handsOverAfter;

  @BeforeEach
  void twoNodes() {
    ledger.create(campaign);
    ledger.report(LATE, "redis", List.of());
  }

  @Test
  void a_node_without_a_connection_to_redis_is_waited_for_two_seconds() {
    assertThat(waited(() -> Set.of("another"), Set.of(LATE))).isBetween(GONE, GONE.plusMillis(50));
  }

  @Test
  void a_node_with_a_connection_to_redis_is_waited_for_until_it_hands_over() {
    handsOverAfter = Duration.ofSeconds(5);
    assertThat(waited(() -> Set.of(LATE), Set.of()))
        .isBetween(handsOverAfter, handsOverAfter.plusMillis(200));
  }

  @Test
  void and_ten_seconds_at_most() {
    assertThat(waited(() -> Set.of(LATE), Set.of(LATE)))
        .isBetween(CONNECTED, CONNECTED.plusMillis(200));
  }

  @Test
  void and_not_when_its_connection_ends() {
    Instant end = clock.instant().plusSeconds(4);
    assertThat(waited(() -> clock.instant().isBefore(end) ? Set.of(LATE) : Set.of(), Set.of(LATE)))
        .isBetween(Duration.ofSeconds(4), Duration.ofMillis(4_200));
  }

  @Test
  void a_process_that_another_one_follows_at_its_place_is_not_waited_for() {
    follow(Duration.ofMillis(2_001));
    assertThat(waited(Set::of, Set.of(LATE))).isZero();
  }

  @Test
  void but_its_twin_there_is() {
    follow(Duration.ofSeconds(2));
    assertThat(waited(Set::of, Set.of(LATE))).isBetween(GONE, GONE.plusMillis(50));
  }

  @Test
  void and_so_is_a_process_that_has_a_connection_to_redis_and_seems_to_be_followed() {
    handsOverAfter = Duration.ofSeconds(5);
    follow(Duration.ofSeconds(3));
    assertThat(waited(() -> Set.of(LATE), Set.of()))
        .isBetween(handsOverAfter, handsOverAfter.plusMillis(200));
  }

  /** Another process begins at the same place so long after the last report there. */
  private void follow(Duration after) {
    clock.advance(after);
    ledger.report(NEXT, "redis", List.of());
  }

  /** How long a resync waits, and that it finds these nodes silent. */
  private Duration waited(ConnectedNodes redis, Set<String> silent) {
    Instant begun = clock.instant();
    long epoch = ledger.begin(campaign.id(), 0);
    LedgerPeers peers =
        new LedgerPeers(
            NEXT,
            new PromiseBook(1),
            ledger,
            redis,
            () -> Duration.between(begun, clock.instant()).toNanos(),
            nanos -> {
              clock.advance(Duration.ofNanos(nanos));
              if (handsOverAfter != null && !clock.instant().isBefore(begun.plus(handsOverAfter))) {
                ledger.handOver(campaign.id(), epoch, LATE, List.of());
              }
            });
    assertThat(peers.handOver(campaign.id(), epoch)).isEqualTo(silent);
    return Duration.between(begun, clock.instant());
  }
}
