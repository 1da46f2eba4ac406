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
 * Numbers that an operator gave up, so that their users hear it at every node without a question to
 * the ledger. What another node discards is learned within a second, what this one does at once. At
 * most 100,000 are known; the users of more hear the number that they once had. Thread-safe.
 */
public final class Discards implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** A discard is seen when it is committed, and its time is a moment older. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private static final int PAGE = 1_000;
  private static final int MOST = 100_000;

  private final Source ledger;
  private final Set<GivenUp> numbers = ConcurrentHashMap.newKeySet();
  private final GuardedLoop loop;
  private Instant newest = Instant.EPOCH;

  private record GivenUp(CampaignId campaign, long sequence) {}

  /** Where they are read. */
  @FunctionalInterface
  public interface Source {
    /** Those discarded at {@code since} or later, in order of that time. */
    List<Discarded> discarded(Instant since, int limit);
  }

  /** Reads all of them, unless the ledger is away, and goes on in the background. */
  public Discards(Source ledger, LoopListener listener) {
    this.ledger = ledger;
    this.loop = GuardedLoop.virtual("discards", this::round, listener);
    look();
    loop.start();
  }

  /** Whether nobody is to get this number any more. */
  public boolean contains(CampaignId campaign, long sequence) {
    return !numbers.isEmpty() && numbers.contains(new GivenUp(campaign, sequence));
  }

  /** It was discarded here. */
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
      // Nobody can discard anything either.
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
