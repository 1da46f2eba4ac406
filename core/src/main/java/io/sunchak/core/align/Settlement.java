package io.sunchak.core.align;

import io.sunchak.core.Reservation;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.AlignLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes a {@link Repair} into the ledger, within one attempt's transaction. */
final class Settlement {
  private static final int CHUNK = 1_000;
  private static final String NOT_STORABLE = "the log held a user that no coupon can have";

  private final AlignLedger.Attempt attempt;

  Settlement(AlignLedger.Attempt attempt) {
    this.attempt = attempt;
  }

  Repair.Plan settle(List<Reservation> claims) {
    Repair.Plan plan = Repair.plan(claims, known(claims));
    List<Reservation> rows = new ArrayList<>();
    List<Reservation> failures = new ArrayList<>();
    for (Reservation insert : plan.inserts()) {
      (UserId.isValid(insert.user()) ? rows : failures).add(insert);
    }
    inChunks(rows, attempt::insert);
    inChunks(failures, chunk -> attempt.insertFailures(chunk, NOT_STORABLE));
    inChunks(plan.voids(), attempt::insertVoid);
    attempt.moveCursor(plan.last());
    inChunks(plan.drift(), attempt::report);
    return plan;
  }

  private Repair.Known known(List<Reservation> claims) {
    Map<Long, String> holders = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    inChunks(
        claims,
        chunk -> {
          holders.putAll(attempt.holders(chunk.stream().map(Reservation::sequence).toList()));
          numbers.putAll(attempt.numbers(chunk.stream().map(Reservation::user).toList()));
        });
    return new Repair.Known(
        holders, numbers, attempt.highest(), attempt.holes(), attempt.stock(), attempt.guard());
  }

  private static <T> void inChunks(List<T> all, Consumer<List<T>> work) {
    for (int from = 0; from < all.size(); from += CHUNK) {
      work.accept(all.subList(from, Math.min(all.size(), from + CHUNK)));
    }
  }
}
