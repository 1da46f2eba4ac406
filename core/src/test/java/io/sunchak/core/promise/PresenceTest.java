package io.sunchak.core.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.Reservation;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.SettableClock;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final PromiseBook book = new PromiseBook(10);

  /** As if a connection had been cut without a word: whoever asks Redis waits for seconds. */
  private final AdmissionGate silent =
      (AdmissionGate)
          Proxy.newProxyInstance(
              AdmissionGate.class.getClassLoader(),
              new Class<?>[] {AdmissionGate.class},
              (gate, method, args) -> {
                assertThat(method.getName()).as("what does not ask Redis").isEqualTo("knownRedis");
                return "";
              });

  @Test
  void a_node_hands_over_while_redis_is_silent() {
    Campaign campaign = Campaigns.open(3);
    ledger.create(campaign);
    Reservation promise = new Reservation(1, 1, "ann", clock.instant());
    assertThat(book.keep(campaign.id(), 1, List.of(promise))).isTrue();
    ledger.begin(campaign.id(), 1);
    Promises promises = new Promises("node", book, ledger, ledger);
    new Presence("node", silent, book, promises, ledger, clock).run();
    assertThat(ledger.handedOver(campaign.id())).containsExactly(promise);
  }
}
