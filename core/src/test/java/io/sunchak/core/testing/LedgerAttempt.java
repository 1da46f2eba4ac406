package io.sunchak.core.testing;

import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import io.sunchak.core.ledger.Drift;
import io.sunchak.core.ledger.ResyncLedger;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** One the resync's transaction over a copy of the tables, which replaces them at its commit. */
final class LedgerAttempt implements ResyncLedger.Attempt {
  private final LedgerTables tables;
  private final Instant now;
  private final Consumer<List<Reservation>> refusing;

  /** {@code refusing} throws at rows that cannot be written. */
  LedgerAttempt(LedgerTables tables, Instant now, Consumer<List<Reservation>> refusing) {
    this.tables = tables;
    this.now = now;
    this.refusing = refusing;
  }

  @Override
  public Stock stock() {
    return tables.campaign.stock();
  }

  @Override
  public Stock maxSequence() {
    return tables.maxSequence;
  }

  @Override
  public long highest() {
    return tables.held().isEmpty() ? 0 : tables.held().lastKey();
  }

  @Override
  public Map<Long, String> holders(Collection<Long> sequences) {
    Map<Long, String> found = new HashMap<>();
    tables
        .held()
        .forEach((sequence, witness) -> {
          if (sequences.contains(sequence)) {
            found.put(sequence, witness.user());
          }
        });
    return found;
  }

  @Override
  public Map<String, Long> numbers(Collection<String> users) {
    Map<String, Long> found = new HashMap<>();
    tables
        .held()
        .forEach((sequence, witness) -> {
          if (users.contains(witness.user())) {
            found.put(witness.user(), sequence);
          }
        });
    return found;
  }

  @Override
  public List<Long> holes() {
    return LongStream.rangeClosed(1, highest())
        .boxed()
        .filter(sequence -> !tables.held().containsKey(sequence))
        .toList();
  }

  @Override
  public void insert(List<Reservation> rows) {
    refusing.accept(rows);
    tables.insertCoupons(rows, now);
  }

  @Override
  public void insertFailures(List<Reservation> rows, String reason) {
    tables.insertFailures(rows, reason, "OPEN");
  }

  @Override
  public List<Reservation> takeHandedOver() {
    List<Reservation> taken = List.copyOf(tables.handedOver);
    tables.handedOver.clear();
    return taken;
  }

  @Override
  public Map<String, Long> takeSightings() {
    Map<String, Long> highest = new HashMap<>();
    tables.sightings.forEach((node, seen) -> highest.put(node, seen.witness().sequence()));
    tables.sightings.clear();
    return highest;
  }

  @Override
  public void removeVoid(List<Long> sequences) {
    sequences.forEach(tables.failures::remove);
  }

  @Override
  public void insertVoid(List<Long> sequences) {
    List<Reservation> rows =
        sequences.stream()
            .map(seq -> new Reservation(tables.epoch, seq, Holding.ofVoid(seq).user(), now))
            .toList();
    tables.insertFailures(rows, "no holder of this number is known", "VOID");
  }

  @Override
  public void moveCursor(long last) {
    tables.cursor = last;
  }

  @Override
  public void report(List<Drift> drift) {
    tables.drift.addAll(drift);
    drift.stream()
        .filter(one -> one.kind() == Drift.Kind.SILENT)
        .forEach(one -> tables.silences.add(new LedgerTables.Silence(one.user(), tables.epoch)));
  }
}
