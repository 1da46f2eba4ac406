package io.sunchak.ledger.failures;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.AuditLedger.Act;
import io.sunchak.core.ledger.AuditLedger.Action;
import io.sunchak.core.ledger.FailureLedger;
import io.sunchak.ledger.audit.JdbcAuditLedger;
import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerErrors;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;

/** The failure queue in PostgreSQL. Each operation locks the failure's row first. */
public final class JdbcFailureLedger implements FailureLedger {
  private static final int CHUNK = 500;

  private final LedgerDatabase database;
  private final FailureRows rows;

  public JdbcFailureLedger(LedgerDatabase database) {
    this.database = database;
    this.rows = new FailureRows(database.jdbc());
  }

  @Override
  public List<Kept> page(Filter filter, long order, int limit) {
    return LedgerErrors.call(() -> rows.page(filter, order, limit, ""));
  }

  @Override
  public long count(Filter filter) {
    return LedgerErrors.call(() -> rows.count(filter));
  }

  @Override
  public Optional<Kept> find(CampaignId campaign, long sequence) {
    return LedgerErrors.call(() -> rows.find(campaign, sequence, ""));
  }

  @Override
  public Optional<Kept> findByUser(CampaignId campaign, String user) {
    return LedgerErrors.call(() -> rows.findByUser(campaign, user));
  }

  @Override
  public List<Discarded> discarded(Instant since, int limit) {
    return LedgerErrors.call(() -> rows.discarded(since, limit));
  }

  @Override
  public Replay replay(CampaignId campaign, long sequence, String actor) {
    return transaction(status -> {
      Kept kept = locked(campaign, sequence);
      if (kept == null) {
        return rows.holder(campaign, sequence)
            .<Replay>map(AlreadyIssued::new)
            .orElseGet(Absent::new);
      }
      if (!isOpen(kept)) {
        return new Settled(kept);
      }
      String refusal = rows.move(status, List.of(kept));
      if (refusal != null) {
        rows.countAttempt(kept, refusal);
        return new Refused(refusal);
      }
      record(actor, Action.FAILURE_REPLAYED, campaign, number(kept));
      return new Issued(kept.failure().user());
    });
  }

  @Override
  public Discard discard(CampaignId campaign, long sequence, String reason, String actor) {
    return transaction(status -> {
      Kept kept = locked(campaign, sequence);
      if (kept == null) {
        return rows.holder(campaign, sequence).isPresent() ? new IssuedMeanwhile() : new Absent();
      }
      if (!isOpen(kept)) {
        return new Settled(kept);
      }
      Kept discarded = rows.discard(kept);
      record(actor, Action.FAILURE_DISCARDED, campaign, number(kept) + ": " + reason);
      return new Settled(discarded);
    });
  }

  @Override
  public Replays replayAll(Filter filter, int limit, String actor) {
    Filter open = new Filter(filter.campaign(), "OPEN", filter.reason());
    Chunk all = new Chunk(0, 0, 0, 0);
    Chunk done;
    do {
      Chunk before = all;
      int most = Math.min(CHUNK, limit - before.tried());
      done = transaction(status -> chunk(status, open, before.last(), most, actor));
      all = before.and(done);
    } while (done.tried() > 0 && all.tried() < limit);
    return new Replays(all.issued(), all.refused());
  }

  /** The result of one transaction of a bulk replay; the next one continues after {@code last}. */
  private record Chunk(int tried, int issued, int refused, long last) {
    Chunk and(Chunk next) {
      return new Chunk(tried + next.tried, issued + next.issued, refused + next.refused, next.last);
    }
  }

  /** Replays the page at once, or one by one if the ledger refuses some of it. */
  private Chunk chunk(TransactionStatus status, Filter open, long after, int limit, String actor) {
    List<Kept> found = rows.page(open, after, limit, "FOR UPDATE");
    if (found.isEmpty()) {
      return new Chunk(0, 0, 0, after);
    }
    int refused = 0;
    if (rows.move(status, found) != null) {
      for (Kept one : found) {
        String refusal = rows.move(status, List.of(one));
        if (refusal != null) {
          rows.countAttempt(one, refusal);
          refused++;
        }
      }
    }
    int issued = found.size() - refused;
    if (issued > 0) {
      String detail = issued + " issued, " + refused + " still refused";
      record(actor, Action.FAILURES_REPLAYED, open.campaign(), detail);
    }
    return new Chunk(found.size(), issued, refused, found.getLast().order());
  }

  private @Nullable Kept locked(CampaignId campaign, long sequence) {
    return rows.find(campaign, sequence, "FOR UPDATE").orElse(null);
  }

  private static boolean isOpen(Kept kept) {
    return kept.failure().state().equals("OPEN");
  }

  private static String number(Kept kept) {
    return "number " + kept.failure().sequence() + ", " + kept.failure().user();
  }

  private void record(String actor, Action action, @Nullable CampaignId campaign, String detail) {
    JdbcAuditLedger.insert(database.jdbc(), new Act(actor, action, campaign, detail));
  }

  private <T> T transaction(Function<TransactionStatus, T> work) {
    return LedgerErrors.call(
        () -> Objects.requireNonNull(database.transactions().execute(work::apply)));
  }
}
