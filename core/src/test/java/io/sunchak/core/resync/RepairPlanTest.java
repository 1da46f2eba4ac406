package io.sunchak.core.resync;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.Drift.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RepairPlanTest {
  private static final Stock TEN = Stock.of(10);

  @Test
  void what_the_ledger_lacks_is_inserted_under_its_number() {
    RepairPlan.Plan plan = RepairPlan.plan(List.of(claim("a", 1), claim("b", 2)), ledger(TEN));
    assertThat(plan).isEqualTo(plan(List.of(claim("a", 1), claim("b", 2)), 2));
  }

  @Test
  void a_number_that_the_ledger_gave_to_another_is_not_taken_away() {
    RepairPlan.Plan plan = RepairPlan.plan(List.of(claim("late", 1)), ledger(TEN, "first", 1));
    assertThat(plan)
        .isEqualTo(plan(List.of(claim("late", 2)), 2, new Drift("late", 1, 2, Kind.MOVED)));
  }

  @Test
  void a_moved_user_takes_the_lowest_hole_and_the_other_holes_become_void() {
    RepairPlan.Plan plan =
        RepairPlan.plan(List.of(claim("late", 1), claim("far", 5)), ledger(TEN, "first", 1));
    assertThat(plan.inserts()).containsExactly(claim("late", 2), claim("far", 5));
    assertThat(plan.voids()).containsExactly(3L, 4L);
    assertThat(plan.drift())
        .containsExactly(
            new Drift("late", 1, 2, Kind.MOVED),
            new Drift("void 3", 0, 3, Kind.VOIDED),
            new Drift("void 4", 0, 4, Kind.VOIDED));
    assertThat(plan.last()).isEqualTo(5);
  }

  @Test
  void a_user_for_whom_no_number_is_left_is_listed_for_the_operator() {
    RepairPlan.Plan plan =
        RepairPlan.plan(List.of(claim("late", 1)), ledger(Stock.of(2), "first", 1, "second", 2));
    assertThat(plan).isEqualTo(plan(List.of(), 2, new Drift("late", 1, 0, Kind.UNSETTLED)));
  }

  @Test
  void the_number_that_the_ledger_gave_a_user_stands() {
    RepairPlan.Plan plan = RepairPlan.plan(List.of(claim("a", 3)), ledger(TEN, "a", 1));
    assertThat(plan).isEqualTo(plan(List.of(), 1, new Drift("a", 3, 1, Kind.RENUMBERED)));
  }

  @Test
  void of_two_users_promised_one_number_the_first_claim_keeps_it() {
    RepairPlan.Plan plan = RepairPlan.plan(List.of(claim("a", 1), claim("b", 1)), ledger(TEN));
    assertThat(plan.inserts()).containsExactly(claim("a", 1), claim("b", 2));
  }

  @Test
  void a_user_whose_first_number_is_taken_keeps_a_second_one_that_is_free() {
    RepairPlan.Plan plan =
        RepairPlan.plan(List.of(claim("a", 1), claim("a", 2)), ledger(TEN, "first", 1));
    assertThat(plan).isEqualTo(plan(List.of(claim("a", 2)), 2));
  }

  @Test
  void a_promise_given_before_a_lower_stock_reached_redis_is_kept() {
    RepairPlan.Known lowering =
        new RepairPlan.Known(Map.of(), Map.of(), 0, List.of(), Stock.of(1), Stock.of(10));
    List<Reservation> promised = List.of(claim("a", 1), claim("b", 2), claim("c", 3));
    assertThat(RepairPlan.plan(promised, lowering)).isEqualTo(plan(promised, 3));
  }

  @Test
  void a_moved_user_gets_nothing_above_the_stock_that_is_offered_now() {
    RepairPlan.Known lowering =
        new RepairPlan.Known(
            Map.of(1L, "first"), Map.of("first", 1L), 1, List.of(), Stock.of(1), Stock.of(10));
    assertThat(RepairPlan.plan(List.of(claim("late", 1)), lowering).drift())
        .containsExactly(new Drift("late", 1, 0, Kind.UNSETTLED));
  }

  @Test
  void a_void_number_stays_void_unless_somebody_needs_it() {
    RepairPlan.Plan kept = RepairPlan.plan(List.of(claim("a", 1), nobody(2)), ledger(TEN));
    assertThat(kept.inserts()).containsExactly(claim("a", 1));
    assertThat(kept.voids()).containsExactly(2L);
    assertThat(kept.last()).isEqualTo(2);

    RepairPlan.Plan needed =
        RepairPlan.plan(List.of(nobody(2), claim("b", 2)), ledger(TEN, "a", 1));
    assertThat(needed).isEqualTo(plan(List.of(claim("b", 2)), 2));
  }

  @Test
  void a_void_number_that_the_ledger_gave_to_a_user_takes_no_other() {
    RepairPlan.Plan plan = RepairPlan.plan(List.of(nobody(1)), ledger(TEN, "a", 1));
    assertThat(plan).isEqualTo(plan(List.of(), 1));
  }

  @Test
  void a_void_number_is_its_claimants_though_the_stock_is_exhausted() {
    RepairPlan.Plan plan =
        RepairPlan.plan(
            List.of(claim("a", 1), claim("late", 2), claim("b", 3)),
            ledger(Stock.of(3), "a", 1, "void 2", 2, "void 3", 3));
    assertThat(plan.reclaimed()).containsExactly(2L, 3L);
    assertThat(plan.inserts()).containsExactly(claim("late", 2), claim("b", 3));
    assertThat(plan.voids()).isEmpty();
    assertThat(plan.last()).isEqualTo(3);
    assertThat(plan.drift())
        .containsExactly(
            new Drift("late", 2, 2, Kind.RECLAIMED), new Drift("b", 3, 3, Kind.RECLAIMED));
  }

  @Test
  void nobody_else_takes_a_void_number() {
    RepairPlan.Plan plan =
        RepairPlan.plan(List.of(claim("late", 1)), ledger(TEN, "first", 1, "void 2", 2));
    assertThat(plan)
        .isEqualTo(plan(List.of(claim("late", 3)), 3, new Drift("late", 1, 3, Kind.MOVED)));
  }

  @Test
  void a_user_whose_number_is_unreadable_gets_the_next_one() {
    RepairPlan.Plan plan = RepairPlan.plan(List.of(claim("a", 0)), ledger(TEN));
    assertThat(plan).isEqualTo(plan(List.of(claim("a", 1)), 1, new Drift("a", 0, 1, Kind.MOVED)));
  }

  @Test
  void whatever_was_claimed_afterwards_there_is_no_gap_and_no_number_twice() {
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      Stock stock = random.nextInt(4) == 0 ? Stock.unlimited() : Stock.of(1 + random.nextInt(12));
      Map<Long, String> ledger = randomLedger(random, stock);
      List<Reservation> claims = randomClaims(random);
      RepairPlan.Plan plan = RepairPlan.plan(claims, known(ledger, stock));

      Map<Long, String> after = new TreeMap<>(ledger);
      plan.reclaimed()
          .forEach(n -> assertThat(after.remove(n)).isEqualTo(Holding.ofVoid(n).user()));
      Map<Long, String> kept = Map.copyOf(after);
      plan.inserts().forEach(r -> after.merge(r.sequence(), r.user(), String::concat));
      plan.voids().forEach(n -> after.merge(n, Holding.ofVoid(n).user(), String::concat));

      assertThat(after.keySet())
          .as("numbers, seed %d: %s", seed, plan)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, plan.last()).boxed().toList());
      assertThat(after).as("the ledger's holders, seed %d", seed).containsAllEntriesOf(kept);
      assertThat(after.values()).as("one number a user, seed %d", seed).doesNotHaveDuplicates();
      assertThat(stock.covers(plan.last())).as("within the stock, seed %d", seed).isTrue();
      assertEverybodyIsSettled(seed, claims, after, plan.drift());
    }
  }

  private static void assertEverybodyIsSettled(
      long seed, List<Reservation> claims, Map<Long, String> after, List<Drift> drift) {
    for (Reservation claim : claims) {
      boolean listed = drift.contains(new Drift(claim.user(), claim.sequence(), 0, Kind.UNSETTLED));
      boolean holds = after.containsValue(claim.user());
      boolean isNobody = claim.user().startsWith("void ");
      assertThat(holds || listed || isNobody || firstClaimIsListed(claim, drift))
          .as("%s is settled or listed, seed %d", claim, seed)
          .isTrue();
    }
  }

  private static boolean firstClaimIsListed(Reservation claim, List<Drift> drift) {
    return drift.stream()
        .anyMatch(d -> d.user().equals(claim.user()) && d.kind() == Kind.UNSETTLED);
  }

  private static Map<Long, String> randomLedger(Random random, Stock stock) {
    Map<Long, String> ledger = new TreeMap<>();
    long highest = random.nextInt(6);
    for (long n = 1; n <= highest && stock.covers(n); n++) {
      if (random.nextInt(5) > 0) {
        ledger.put(n, random.nextInt(6) == 0 ? Holding.ofVoid(n).user() : "old-" + n);
      }
    }
    return ledger;
  }

  private static List<Reservation> randomClaims(Random random) {
    List<Reservation> claims = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      long number = 1L + random.nextInt(10);
      String user =
          switch (random.nextInt(6)) {
            case 0 -> Holding.ofVoid(number).user();
            case 1 -> "old-" + (1 + random.nextInt(5));
            default -> "new-" + random.nextInt(5);
          };
      claims.add(claim(user, number));
    }
    claims.sort(Comparator.comparingLong(Reservation::sequence));
    return claims;
  }

  private static Reservation claim(String user, long sequence) {
    return new Reservation(7, sequence, user, Instant.EPOCH);
  }

  private static Reservation nobody(long sequence) {
    return claim(Holding.ofVoid(sequence).user(), sequence);
  }

  private static RepairPlan.Plan plan(List<Reservation> inserts, long last, Drift... drift) {
    return new RepairPlan.Plan(inserts, List.of(), List.of(), List.of(drift), last);
  }

  /** A ledger that holds {@code user, number, user, number, …}. */
  private static RepairPlan.Known ledger(Stock stock, Object... rows) {
    Map<Long, String> held = new TreeMap<>();
    for (int i = 0; i < rows.length; i += 2) {
      held.put(((Number) rows[i + 1]).longValue(), (String) rows[i]);
    }
    return known(held, stock);
  }

  private static RepairPlan.Known known(Map<Long, String> ledger, Stock stock) {
    Map<String, Long> numbers = new HashMap<>();
    ledger.forEach((number, user) -> numbers.put(user, number));
    long highest = ledger.keySet().stream().mapToLong(n -> n).max().orElse(0);
    List<Long> holes =
        LongStream.rangeClosed(1, highest).filter(n -> !ledger.containsKey(n)).boxed().toList();
    return new RepairPlan.Known(ledger, numbers, highest, holes, stock, stock);
  }
}
