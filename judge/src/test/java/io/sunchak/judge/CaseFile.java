package io.sunchak.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the judge is shown, put together line by line. */
final class CaseFile {
  final List<Invocation> history = new ArrayList<>();
  final List<Held> rows = new ArrayList<>();
  final List<Held> failures = new ArrayList<>();
  final List<Options.Raise> raises = new ArrayList<>();
  Set<String> excused = Set.of();
  boolean drained = true;
  boolean demandMet;
  @Nullable Long stock;

  CaseFile(long stock) {
    this.stock = stock;
  }

  /** Three coupons for a, b and c, one after the other; d came too late. */
  static CaseFile soldOut() {
    CaseFile file = threeOf(3).refused("d", "SOLD_OUT", 40, 45);
    file.demandMet = true;
    return file;
  }

  /** As {@link #soldOut}, with coupons to spare. */
  static CaseFile unsold() {
    return threeOf(10);
  }

  private static CaseFile threeOf(long stock) {
    return new CaseFile(stock)
        .told("a", 1, 10, 15)
        .told("b", 2, 20, 25)
        .told("c", 3, 30, 35)
        .row("a", 1)
        .row("b", 2)
        .row("c", 3);
  }

  CaseFile told(String user, long sequence, long invoked, long completed) {
    return tried(user, new Invocation.Ok(sequence), invoked, completed);
  }

  CaseFile refused(String user, String code, long invoked, long completed) {
    return tried(user, new Invocation.Refused(code), invoked, completed);
  }

  CaseFile unknown(String user, long invoked) {
    return tried(user, new Invocation.Unknown(), invoked, Long.MAX_VALUE);
  }

  CaseFile tried(String user, Invocation.Result result, long invoked, long completed) {
    history.add(new Invocation(user, invoked, completed, result));
    return this;
  }

  CaseFile row(String user, long sequence) {
    rows.add(new Held(user, sequence));
    return this;
  }

  CaseFile failure(String user, long sequence) {
    failures.add(new Held(user, sequence));
    return this;
  }

  CaseFile raise(long invoked, long completed) {
    raises.add(new Options.Raise(invoked, completed));
    return this;
  }

  CaseFile excusing(String... users) {
    excused = Set.of(users);
    return this;
  }

  CaseFile undrained() {
    drained = false;
    return this;
  }

  CaseFile stock(long total) {
    stock = total;
    return this;
  }

  /** The ledger lacks this user. */
  CaseFile without(String user) {
    rows.removeIf(row -> row.user().equals(user));
    failures.removeIf(failure -> failure.user().equals(user));
    return this;
  }

  /** This user never asked and the ledger lacks it. */
  CaseFile withoutAnyTraceOf(String user) {
    history.removeIf(tried -> tried.user().equals(user));
    return without(user);
  }

  Verdict verdict() {
    Options options = new Options(drained, demandMet, raises, excused);
    return Judge.check(history, rows, failures, stock, options);
  }
}
