package io.sunchak.server.campaigns;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.FailureLedger.Discarded;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The discarded numbers, so that every node can answer their users without a query to the ledger.
 * This node's discards are known at once, those of other nodes within a second. At most 100,000 are
 * kept; beyond that, users get the number that they once had. Thread-safe.
 */
public final class Discards implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** A discard becomes visible when it is committed, a moment after its time. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private static final int PAGE = 1_000;
  private static final int MOST = 100_000;

  private final Source ledger;
  private final Set<GivenUp> numbers = ConcurrentHashMap.newKeySet();
  private final GuardedLoop loop;
  private Instant newest = Instant.EPOCH;

  private record GivenUp(CampaignId campaign, long sequence) {}

  /** The source of the discarded numbers. */
  @FunctionalInterface
  public interface Source {
    /** The numbers discarded at {@code since} or later, in order of that time. */
    List<Discarded> discarded(Instant since, int limit);
  }

  /**
   * Reads all discards, unless the ledger is down, and starts to read new ones in the background.
   */
  public Discards(Source ledger, LoopListener listener) {
    this.ledger = ledger;
    this.loop = GuardedLoop.virtual("discards", this::round, listener);
    look();
    loop.start();
  }

  /** Whether this number was discarded. */
  public boolean contains(CampaignId campaign, long sequence) {
    return !numbers.isEmpty() && numbers.contains(new GivenUp(campaign, sequence));
  }

  /** Adds a number that this node has discarded. */
  public void note(CampaignId campaign, long sequence) {
    if (numbers.size() < MOST) {
      numbers.add(new GivenUp(campaign, sequence));
    }
  }

  private boolean round() throws InterruptedException {
    boolean goesOn = loop.pause(EVERY);
    if (goesOn) {
      look();
    }
    return goesOn;
  }

  private void look() {
    try {
      Instant from = newest.equals(Instant.EPOCH) ? newest : newest.minus(OVERLAP);
      List<Discarded> page = ledger.discarded(from, PAGE);
      take(page);
      while (page.size() == PAGE && page.getLast().at().isAfter(from)) {
        from = page.getLast().at();
        page = ledger.discarded(from, PAGE);
        take(page);
      }
    } catch (LedgerException.Permanent defect) {
      throw defect;
    } catch (LedgerException away) {
      // While the ledger is down nothing can be discarded either.
    }
  }

  private void take(List<Discarded> page) {
    page.forEach(one -> note(one.campaign(), one.sequence()));
    if (!page.isEmpty()) {
      newest = page.getLast().at();
    }
  }

  @Override
  public void close() {
    loop.end();
  }
}
