package io.sunchak.core.resync;

import io.sunchak.core.Reservation;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.Bisection;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.ResyncLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Writes a {@link RepairPlan} into the ledger, within one attempt's transaction. */
final class RepairWriter {
  private static final int CHUNK = 1_000;
  private static final String NOT_STORABLE = "the user id in the log is not a valid one";

  private final ResyncLedger.Attempt attempt;
  private final List<Kept> failures = new ArrayList<>();

  /**
   * What was written.
   *
   * @param failures what the ledger refused as coupons
   */
  record Outcome(RepairPlan.Plan plan, List<Kept> failures) {}

  /** A promise that is a failure now. */
  record Kept(Reservation row, String reason) {}

  RepairWriter(ResyncLedger.Attempt attempt) {
    this.attempt = attempt;
  }

  /**
   * Settles the claims in Redis and those that nodes handed over. If both claim a number, the claim
   * from Redis comes first. A row that the ledger refuses is kept as a failure with its number,
   * unless the cause is not a single row.
   *
   * @param silent the nodes that did not hand over
   */
  Outcome settle(List<Reservation> inRedis, Set<String> silent) {
    List<Reservation> claims = new ArrayList<>(inRedis);
    claims.addAll(attempt.takeHandedOver());
    claims.sort(Comparator.comparingLong(Reservation::sequence));
    RepairPlan.Known known = known(claims);
    RepairPlan.Plan plan = RepairPlan.plan(claims, known);
    inChunks(plan.reclaimed(), attempt::removeVoid);
    insert(plan.inserts());
    inChunks(plan.voids(), attempt::insertVoid);
    attempt.moveCursor(plan.last());
    RepairPlan.Plan whole = plan.with(unaccounted(given(claims, known), silent));
    inChunks(whole.drift(), attempt::report);
    return new Outcome(whole, List.copyOf(failures));
  }

  private void insert(List<Reservation> promises) {
    List<Reservation> rows = new ArrayList<>();
    for (Reservation promise : promises) {
      if (UserId.isValid(promise.user())) {
        rows.add(promise);
      } else {
        keep(promise, NOT_STORABLE);
      }
    }
    Inserts inserts = new Inserts();
    inChunks(rows, chunk -> Bisection.write(chunk, inserts));
  }

  private void keep(Reservation promise, String reason) {
    attempt.insertFailures(List.of(promise), reason);
    failures.add(new Kept(promise, reason));
  }

  /** Rows one after the other, and how many of the last ones were refused. */
  private final class Inserts implements Bisection.Writing {
    private int badInARow;

    @Override
    public boolean write(List<Reservation> part) {
      attempt.insert(part);
      badInARow = 0;
      return true;
    }

    @Override
    public boolean keep(Reservation row, LedgerException.Rejected refusal) {
      badInARow++;
      if (badInARow > Bisection.MAX_BAD_IN_A_ROW) {
        throw refusal;
      }
      RepairWriter.this.keep(row, String.valueOf(refusal.getMessage()));
      return true;
    }
  }

  /** The highest number that was given to a known user, before users were moved. */
  private static long given(List<Reservation> claims, RepairPlan.Known known) {
    return claims.stream()
        .mapToLong(Reservation::sequence)
        .filter(known.maxSequence()::covers)
        .reduce(known.highest(), Math::max);
  }

  /**
   * The numbers that were given by the reports of nodes that did not hand over, and whose holders
   * are not known.
   */
  private List<Drift> unaccounted(long last, Set<String> silent) {
    List<Drift> drift = new ArrayList<>();
    attempt
        .takeSightings()
        .forEach((node, highest) -> {
          if (highest > last) {
            drift.add(new Drift(node, highest, last, Drift.Kind.UNACCOUNTED));
          }
        });
    silent.forEach(node -> drift.add(new Drift(node, 0, last, Drift.Kind.SILENT)));
    return drift;
  }

  private RepairPlan.Known known(List<Reservation> claims) {
    Map<Long, String> holders = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    inChunks(
        claims,
        chunk -> {
          holders.putAll(attempt.holders(chunk.stream().map(Reservation::sequence).toList()));
          numbers.putAll(attempt.numbers(chunk.stream().map(Reservation::user).toList()));
        });
    return new RepairPlan.Known(
        holders,
        numbers,
        attempt.highest(),
        attempt.holes(),
        attempt.stock(),
        attempt.maxSequence());
  }

  private static <T> void inChunks(List<T> all, Consumer<List<T>> work) {
    for (int from = 0; from < all.size(); from += CHUNK) {
      work.accept(all.subList(from, Math.min(all.size(), from + CHUNK)));
    }
  }
}
