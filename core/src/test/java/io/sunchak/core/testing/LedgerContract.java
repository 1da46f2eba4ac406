package io.sunchak.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.CampaignLedger;
import io.sunchak.core.ledger.DrainLedger;
import io.sunchak.core.ledger.LedgerHead;
import io.sunchak.core.ledger.ResyncLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The ledger that a contract is held against, and what the contracts say about it in one word. */
public interface LedgerContract {
  Instant ACCEPTED_AT = Instant.parse("2026-12-24T12:00:00.123Z");

  CampaignLedger campaigns();

  DrainLedger drain();

  ResyncLedger resync();

  /** A new campaign, in epoch 0 and not yet resynced. */
  default CampaignId created(Stock stock) {
    Campaign campaign = Campaigns.in(Campaigns.OPEN, stock);
    assertThat(campaigns().create(campaign)).isTrue();
    return campaign.id();
  }

  default LedgerHead head(CampaignId campaign) {
    return campaigns().head(campaign).orElseThrow();
  }

  /** Rows and failures: everybody whom the ledger has given a number. */
  default List<Holding> held(CampaignId campaign) {
    return resync().held(campaign, 0, 10_000);
  }

  default void assertEmpty(CampaignId campaign) {
    assertThat(held(campaign)).isEmpty();
    assertThat(head(campaign).cursor()).isZero();
  }

  /** Users in order of arrival, from number {@code first} on. */
  static List<Reservation> arrived(long epoch, long first, String... users) {
    List<Reservation> batch = new ArrayList<>();
    for (String user : users) {
      batch.add(new Reservation(epoch, first + batch.size(), user, ACCEPTED_AT));
    }
    return batch;
  }

  static Reservation one(long epoch, long sequence, String user) {
    return new Reservation(epoch, sequence, user, ACCEPTED_AT);
  }

  static Holding holds(String user, long sequence) {
    return new Holding(user, sequence);
  }

  /** Runs {@code work} on {@code nodes} threads at once and returns what each came to. */
  static <T> List<T> atOnce(int nodes, Callable<T> work)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(Collections.nCopies(nodes, work))) {
        results.add(result.get());
      }
      return results;
    }
  }
}
