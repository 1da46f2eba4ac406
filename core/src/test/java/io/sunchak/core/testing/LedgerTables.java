package io.sunchak.core.testing;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.UserId;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.ledger.PromiseLedger.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One campaign's rows in the in-memory ledger, with the constraints of the migration: two unique
 * keys a table, the form of a user, the max sequence. Not thread-safe.
 */
final class LedgerTables {
  Campaign campaign;
  Stock maxSequence;
  long epoch;
  boolean rebuilding = true;
  boolean ended;
  long cursor;
  UserTwice userTwice = UserTwice.REFUSED;
  final NavigableMap<Long, Coupon> coupons = new TreeMap<>();
  final NavigableMap<Long, Failure> failures = new TreeMap<>();
  final List<Drift> drift = new ArrayList<>();
  final List<Silence> silences = new ArrayList<>();
  final List<Reservation> handedOver = new ArrayList<>();
  final Map<String, Long> handedOverBy = new HashMap<>();
  final Map<String, Sighting> sightings = new HashMap<>();

  /** A node that a resync found silent, and that has not answered. */
  record Silence(String node, long epoch) {}

  LedgerTables(Campaign campaign) {
    this.campaign = campaign;
    this.maxSequence = campaign.stock();
  }

  LedgerTables copy() {
    LedgerTables copy = new LedgerTables(campaign);
    copy.maxSequence = maxSequence;
    copy.epoch = epoch;
    copy.rebuilding = rebuilding;
    copy.ended = ended;
    copy.cursor = cursor;
    copy.userTwice = userTwice;
    copy.coupons.putAll(coupons);
    copy.failures.putAll(failures);
    copy.drift.addAll(drift);
    copy.silences.addAll(silences);
    copy.handedOver.addAll(handedOver);
    copy.handedOverBy.putAll(handedOverBy);
    copy.sightings.putAll(sightings);
    return copy;
  }

  CampaignId id() {
    return campaign.id();
  }

  /** Rows and failures, ascending by sequence. */
  NavigableMap<Long, Holding> held() {
    NavigableMap<Long, Holding> held = new TreeMap<>();
    Stream.concat(
            coupons.values().stream().map(c -> new Holding(c.user(), c.sequence())),
            failures.values().stream().map(f -> new Holding(f.user(), f.sequence())))
        .forEach(witness -> held.put(witness.sequence(), witness));
    return held;
  }

  /** Drops what nodes told and the ledger has. */
  boolean tidy() {
    boolean seen =
        sightings
            .values()
            .removeIf(one -> one.epoch() == epoch && one.witness().sequence() <= cursor);
    return handedOver.removeIf(one -> {
      Coupon coupon = coupons.get(one.sequence());
      return coupon != null && coupon.user().equals(one.user());
    })
        || seen;
  }

  /** All or nothing, refused in the order in which PostgreSQL looks. */
  void insertCoupons(List<Reservation> rows, Instant issuedAt) {
    Set<Long> sequences = new HashSet<>(coupons.keySet());
    Set<String> users = new HashSet<>();
    coupons.values().forEach(coupon -> users.add(coupon.user()));
    List<Reservation> taken = new ArrayList<>();
    for (Reservation row : rows) {
      if (!UserId.isValid(row.user())) {
        throw new LedgerException.Rejected("coupon_user_form: " + row.user(), null);
      }
      boolean isNew = sequences.add(row.sequence());
      isNew &= users.add(row.user()) || userTwice == UserTwice.STORED;
      if (isNew) {
        taken.add(row);
      } else if (userTwice != UserTwice.SKIPPED) {
        throw duplicate(row);
      }
    }
    for (Reservation row : taken) {
      if (row.sequence() < 1 || !maxSequence.covers(row.sequence())) {
        throw new LedgerException.Permanent(
            "SU001: %d beyond max_seq".formatted(row.sequence()), null);
      }
    }
    taken.forEach(row -> coupons.put(row.sequence(), coupon(row, issuedAt)));
  }

  void insertFailures(List<Reservation> rows, String reason, String state) {
    Set<Long> sequences = new HashSet<>(failures.keySet());
    Set<String> users = new HashSet<>();
    failures.values().forEach(failure -> users.add(failure.user()));
    for (Reservation row : rows) {
      if (!sequences.add(row.sequence()) || !users.add(row.user())) {
        throw duplicate(row);
      }
    }
    rows.forEach(row -> failures.put(row.sequence(), failure(row, reason, state)));
  }

  private static LedgerException duplicate(Reservation row) {
    return new LedgerException.Duplicate("23505: %s is there already".formatted(row), null);
  }

  private Coupon coupon(Reservation row, Instant issuedAt) {
    return new Coupon(id(), row.sequence(), row.user(), row.acceptedAt(), issuedAt);
  }

  private Failure failure(Reservation row, String reason, String state) {
    return new Failure(id(), row.sequence(), row.user(), row.acceptedAt(), reason, state);
  }
}
