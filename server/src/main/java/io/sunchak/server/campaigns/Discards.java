package io.sunchak.server.campaigns;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.FailureLedger;
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
 * This node's discards are known at once, those of other nodes within a second. A bounded number is
 * kept; the others are only marked in a filter, and of a number with such a mark the ledger is
 * asked. Thread-safe.
 */
public final class Discards implements AutoCloseable {
  /** So many numbers a server keeps; they take about 10 MB. */
  public static final int MOST = 100_000;

  private static final Duration EVERY = Duration.ofSeconds(1);

  /** A discard becomes visible when it is committed, a moment after its time. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private static final int PAGE = 1_000;

  private final Source ledger;
  private final int most;
  private final Set<GivenUp> numbers = ConcurrentHashMap.newKeySet();
  private final NumberFilter others = new NumberFilter();
  private final GuardedLoop loop;
  private Instant newest = Instant.EPOCH;

  private record GivenUp(CampaignId campaign, long sequence) {}

  /** What is known of a number without the ledger. */
  public enum Known {
    DISCARDED,
    NOT_DISCARDED,
    /** {@link #isDiscarded} tells. */
    ONLY_TO_LEDGER
  }

  /** The source of the discarded numbers. Blocking; throws {@link LedgerException}. */
  public interface Source {
    /** The numbers discarded at {@code since} or later, in order of that time. */
    List<Discarded> discarded(Instant since, int limit);

    boolean isDiscarded(CampaignId campaign, long sequence);

    /** The failures of the ledger. */
    static Source of(FailureLedger failures) {
      return new Source() {
        @Override
        public List<Discarded> discarded(Instant since, int limit) {
          return failures.discarded(since, limit);
        }

        @Override
        public boolean isDiscarded(CampaignId campaign, long sequence) {
          return failures
              .find(campaign, sequence)
              .filter(kept -> HolderState.of(kept.failure()) == HolderState.DISCARDED)
              .isPresent();
        }
      };
    }
  }

  /**
   * Reads all discards, unless the ledger is down, and starts to read new ones in the background.
   *
   * @param most so many numbers are kept
   */
  public Discards(Source ledger, int most, LoopListener listener) {
    this.ledger = ledger;
    this.most = most;
    this.loop = GuardedLoop.virtual("discards", this::round, listener);
    look();
    loop.start();
  }

  /** Never blocks. */
  public Known known(CampaignId campaign, long sequence) {
    if (numbers.isEmpty()) {
      return Known.NOT_DISCARDED;
    }
    if (numbers.contains(new GivenUp(campaign, sequence))) {
      return Known.DISCARDED;
    }
    return others.mayContain(campaign, sequence) ? Known.ONLY_TO_LEDGER : Known.NOT_DISCARDED;
  }

  /** Asks the ledger. Blocking; throws {@link LedgerException}. */
  public boolean isDiscarded(CampaignId campaign, long sequence) {
    return ledger.isDiscarded(campaign, sequence);
  }

  /** Adds a number that this node has discarded. */
  public void note(CampaignId campaign, long sequence) {
    GivenUp one = new GivenUp(campaign, sequence);
    if (numbers.size() < most) {
      numbers.add(one);
    } else if (!numbers.contains(one)) {
      others.add(campaign, sequence);
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
