package io.sunchak.server.observe;

import io.sunchak.ledger.connection.LedgerDatabase;
import io.sunchak.ledger.connection.LedgerDatabase.Access;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether PostgreSQL accepts writes, by its own state, which is read at most once a second, and by
 * the drain's latest write. It is a detail of the health and no part of readiness, because a slow
 * ledger must not take nodes out of service. The reasons are public, so they contain no text of the
 * database. Thread-safe.
 */
public final class LedgerHealth implements HealthIndicator {
  private static final long FRESH = Duration.ofSeconds(1).toNanos();
  private static final long SILENT = Duration.ofSeconds(5).toNanos();

  private final Supplier<Access> ask;
  private final BooleanSupplier writeFails;
  private final LongSupplier nanoTime;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Look newest;

  private record Look(Access access, long at) {}

  public LedgerHealth(LedgerDatabase database, DrainMetrics drain) {
    this(database::access, drain::isWriteFailing, System::nanoTime);
  }

  LedgerHealth(Supplier<Access> ask, BooleanSupplier writeFails, LongSupplier nanoTime) {
    this.ask = ask;
    this.writeFails = writeFails;
    this.nanoTime = nanoTime;
  }

  @Override
  public Health health() {
    return switch (look()) {
      case AWAY -> unknown("PostgreSQL does not answer");
      case READ_ONLY -> unknown("PostgreSQL is read-only: no coupon gets into the ledger");
      case WRITABLE ->
          writeFails.getAsBoolean()
              ? unknown("the drain's newest try to write failed; the log says why")
              : Health.up().build();
    };
  }

  private static Health unknown(String reason) {
    return Health.unknown().withDetail("reason", reason).build();
  }

  /**
   * One caller at a time asks the database; the others get the latest result, unless that is too
   * old.
   */
  private Access look() {
    Look last = newest;
    if (last != null && nanoTime.getAsLong() - last.at() < FRESH) {
      return last.access();
    }
    if (asking.tryLock()) {
      try {
        Access found = ask.get();
        newest = new Look(found, nanoTime.getAsLong());
        return found;
      } finally {
        asking.unlock();
      }
    }
    return last != null && nanoTime.getAsLong() - last.at() < SILENT ? last.access() : Access.AWAY;
  }
}
