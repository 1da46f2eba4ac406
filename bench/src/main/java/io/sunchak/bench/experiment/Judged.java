package io.sunchak.bench.experiment;

import io.sunchak.core.Coupon;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.judge.Held;
import io.sunchak.judge.Invocation;
import io.sunchak.judge.Judge;
import io.sunchak.judge.Options;
import io.sunchak.judge.Verdict;
import io.sunchak.judge.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger held in the end, and what the judge says of it.
 *
 * @param promised users who were told yes
 */
record Judged(List<Coupon> rows, long promised, Verdict verdict) {
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Once the drain has had its time: what is not a row now was lost. */
  static Judged of(
      List<Invocation> history, List<Coupon> rows, List<Failure> failures, Stock stock) {
    Options options = Options.drained(isDemandMet(history, stock));
    Verdict verdict =
        Judge.check(
            history,
            rows.stream().map(row -> new Held(row.user(), row.sequence())).toList(),
            failures.stream().map(one -> new Held(one.user(), one.sequence())).toList(),
            stock.total(),
            options);
    return new Judged(rows, promised(history), verdict);
  }

  static long promised(List<Invocation> history) {
    return history.stream()
        .filter(one -> one.result() instanceof Invocation.Ok)
        .map(Invocation::user)
        .distinct()
        .count();
  }

  /** Who was refused for another reason than the stock's end may not have asked at all. */
  private static boolean isDemandMet(List<Invocation> history, Stock stock) {
    Long total = stock.total();
    boolean onlySoldOut =
        history.stream()
            .allMatch(one ->
                one.result() instanceof Invocation.Ok
                    || one.result().equals(new Invocation.Refused("SOLD_OUT")));
    return total != null
        && onlySoldOut
        && history.stream().map(Invocation::user).distinct().count() >= total;
  }

  /** Both campaigns must be right; the rows are of the first. */
  Judged and(Judged other) {
    List<Violation> all = new ArrayList<>(verdict.violations());
    all.addAll(other.verdict.violations());
    return new Judged(rows, promised, new Verdict(all));
  }

  /**
   * Rows a second from a moment on; null where none came later. A batch that waited for a lock
   * bears the time at which it began to wait, so it counts as before.
   */
  @Nullable Double storedPerSecond(Instant since) {
    Instant last = lastRow();
    if (last == null || !last.isAfter(since)) {
      return null;
    }
    long later = rows.stream().filter(row -> !row.issuedAt().isBefore(since)).count();
    return later / (Duration.between(since, last).toNanos() / NANOS);
  }

  /** When the first row was stored; for ever in the future where there is none. */
  Instant firstRow() {
    return rows.stream().map(Coupon::issuedAt).min(Instant::compareTo).orElse(Instant.MAX);
  }

  /** From the first request to the last row; null where there is none. */
  @Nullable Double storedWithinMillis(Instant firstRequest) {
    Instant last = lastRow();
    return last == null ? null : Duration.between(firstRequest, last).toNanos() / NANOS_PER_MILLI;
  }

  private @Nullable Instant lastRow() {
    return rows.stream().map(Coupon::issuedAt).max(Instant::compareTo).orElse(null);
  }
}
