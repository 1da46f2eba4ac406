package io.sunchak.lab.drain;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.lab.failure.Failures;
import io.sunchak.lab.queue.QueuedIssue.UnreadableException;
import io.sunchak.lab.queue.WaitingQueue;
import io.sunchak.lab.write.Issuing;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Looks at the oldest entry, issues it, removes it by value, until there is none. The removal comes
 * last, so a crash repeats an entry rather than losing it; by value, so that two nodes may run it.
 * An entry that can never be issued goes to the failures; when the ledger cannot be reached, the
 * tick ends.
 *
 * @param thread where it may block
 */
public record OneByOneDrain(
    WaitingQueue queue, Issuing issuing, Failures failures, Scheduler thread)
    implements QueueDrain {
  @Override
  public Mono<Void> run() {
    return Mono.<Void>fromRunnable(this::drain).subscribeOn(thread);
  }

  private void drain() {
    Set<CampaignId> issued = new LinkedHashSet<>();
    try {
      for (String entry = oldest(); entry != null; entry = oldest()) {
        issue(entry, issued);
        queue.remove(entry).block();
      }
    } finally {
      issuing.refresh(issued).block();
    }
  }

  private @Nullable String oldest() {
    return queue.at(0).block();
  }

  private void issue(String entry, Set<CampaignId> issued) {
    try {
      CampaignId campaign = issuing.issue(entry).block();
      if (campaign != null) {
        issued.add(campaign);
      }
    } catch (UnreadableException | LedgerException.Rejected never) {
      failures.keep(entry, never).block();
    }
  }
}
