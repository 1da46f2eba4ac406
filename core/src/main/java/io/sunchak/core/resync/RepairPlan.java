package io.sunchak.core.resync;

import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.Drift;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Decides about claims: what Redis or a node has and the ledger lacks. Pure. In a conflict the
 * ledger's holder keeps the number, except that a void number goes to the user who claims it. A
 * user who is then without a number gets the lowest free number up to the highest, else the next
 * one within the stock, else is listed for the operator. Numbers that stay free become void.
 */
final class RepairPlan {
  private final Known known;
  private final Map<Long, String> holders;
  private final Map<String, Long> numbers;
  private final Map<String, Reservation> without = new LinkedHashMap<>();
  private final List<Reservation> inserts = new ArrayList<>();
  private final List<Long> reclaimed = new ArrayList<>();
  private final List<Drift> drift = new ArrayList<>();
  private long last;

  /**
   * The part of the ledger that concerns the claims.
   *
   * @param holders the holders of the claimed numbers
   * @param numbers the numbers of the claiming users
   * @param highest the highest sequence among rows and failures
   * @param holes numbers below it without row or failure
   * @param stock a user without a number may get one up to this
   * @param maxSequence Redis may have given numbers up to this: at least the stock, and more while
   *     a lower stock has not reached Redis
   */
  record Known(
      Map<Long, String> holders,
      Map<String, Long> numbers,
      long highest,
      List<Long> holes,
      Stock stock,
      Stock maxSequence) {}

  /**
   * The changes to write.
   *
   * @param inserts ascending by sequence
   * @param reclaimed those of these numbers that are void in the ledger
   * @param voids numbers without a known holder, ascending
   * @param last the highest sequence afterwards; 1..last then has no gap
   */
  record Plan(
      List<Reservation> inserts,
      List<Long> reclaimed,
      List<Long> voids,
      List<Drift> drift,
      long last) {

    /** This plan with {@code more} drift to list. */
    Plan with(List<Drift> more) {
      List<Drift> all = new ArrayList<>(drift);
      all.addAll(more);
      return new Plan(inserts, reclaimed, voids, List.copyOf(all), last);
    }
  }

  private RepairPlan(Known known) {
    this.known = known;
    this.holders = new HashMap<>(known.holders());
    this.numbers = new HashMap<>(known.numbers());
    this.last = known.highest();
  }

  /**
   * Settles {@code claims}.
   *
   * @param claims ascending by sequence; if a number or a user is claimed more than once, the first
   *     claim counts
   */
  static Plan plan(List<Reservation> claims, Known known) {
    RepairPlan repair = new RepairPlan(known);
    claims.forEach(repair::claim);
    return repair.finish();
  }

  private void claim(Reservation claim) {
    Long has = numbers.get(claim.user());
    boolean possible = claim.sequence() >= 1 && known.maxSequence().covers(claim.sequence());
    String holder = holders.get(claim.sequence());
    String nobody = Holding.ofVoid(claim.sequence()).user();
    boolean free = holder == null || holder.equals(nobody);
    if (claim.user().equals(nobody)) {
      // A void: the number counts as given, and is free for a user who has none.
      last = possible ? Math.max(last, claim.sequence()) : last;
    } else if (has != null) {
      if (has != claim.sequence()) {
        drift.add(drift(claim, has, Drift.Kind.RENUMBERED));
      }
    } else if (free && possible) {
      without.remove(claim.user());
      if (holder != null) {
        reclaimed.add(claim.sequence());
        drift.add(drift(claim, claim.sequence(), Drift.Kind.RECLAIMED));
      }
      give(claim);
    } else {
      without.putIfAbsent(claim.user(), claim);
    }
  }

  private Plan finish() {
    NavigableSet<Long> holes = holes();
    for (Reservation claim : without.values()) {
      long next = holes.isEmpty() ? last + 1 : holes.first();
      if (known.stock().covers(next)) {
        holes.remove(next);
        give(numbered(claim, next));
        drift.add(drift(claim, next, Drift.Kind.MOVED));
      } else {
        drift.add(drift(claim, 0, Drift.Kind.UNSETTLED));
      }
    }
    holes.forEach(hole -> drift.add(voided(hole)));
    inserts.sort((a, b) -> Long.compare(a.sequence(), b.sequence()));
    assert isWithoutGap(holes) : "not every number up to the last has a row, once";
    return new Plan(
        List.copyOf(inserts), List.copyOf(reclaimed), List.copyOf(holes), List.copyOf(drift), last);
  }

  /** Whether each number above those that the ledger has is given once, or void. */
  private boolean isWithoutGap(NavigableSet<Long> holes) {
    NavigableSet<Long> above = new TreeSet<>(holes.tailSet(known.highest(), false));
    boolean once = true;
    for (Reservation given : inserts) {
      once &= given.sequence() <= known.highest() || above.add(given.sequence());
    }
    return once && above.size() == last - known.highest();
  }

  private NavigableSet<Long> holes() {
    NavigableSet<Long> holes = new TreeSet<>(known.holes());
    for (long sequence = known.highest() + 1; sequence <= last; sequence++) {
      holes.add(sequence);
    }
    inserts.forEach(given -> holes.remove(given.sequence()));
    return holes;
  }

  private void give(Reservation reservation) {
    inserts.add(reservation);
    holders.put(reservation.sequence(), reservation.user());
    numbers.put(reservation.user(), reservation.sequence());
    last = Math.max(last, reservation.sequence());
  }

  private static Reservation numbered(Reservation claim, long sequence) {
    return new Reservation(claim.epoch(), sequence, claim.user(), claim.acceptedAt());
  }

  private static Drift drift(Reservation claim, long settled, Drift.Kind kind) {
    return new Drift(claim.user(), claim.sequence(), settled, kind);
  }

  private static Drift voided(long hole) {
    return new Drift(Holding.ofVoid(hole).user(), 0, hole, Drift.Kind.VOIDED);
  }
}
