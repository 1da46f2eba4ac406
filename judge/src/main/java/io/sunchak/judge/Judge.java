package io.sunchak.judge;

import io.sunchak.judge.Invocation.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the clients' histories and the ledger's rows whether the invariants I1 to I7 held.
 * Pure; O(n log n) in the length of the history.
 */
public final class Judge {
  private final Map<String, UserHistory> users = new HashMap<>();
  private final Map<String, Long> held = new HashMap<>();
  private final List<Invocation> soldOut = new ArrayList<>();
  private final List<Held> rows;
  private final List<Held> failures;
  private final @Nullable Long stock;
  private final Options options;
  private final Findings findings = new Findings();

  private Judge(List<Held> rows, List<Held> failures, @Nullable Long stock, Options options) {
    this.rows = rows;
    this.failures = failures;
    this.stock = stock;
    this.options = options;
  }

  /**
   * Judges one campaign.
   *
   * @param history every request of every user, in any order
   * @param rows the ledger's coupons, in any order
   * @param failures the ledger's failures, including discarded and void ones
   * @param stock the highest stock the campaign ever had; null when it was unlimited
   */
  public static Verdict check(
      Collection<Invocation> history,
      List<Held> rows,
      List<Held> failures,
      @Nullable Long stock,
      Options options) {
    Judge judge = new Judge(rows, failures, stock, options);
    history.forEach(judge::take);
    judge.judgeLedger();
    judge.judgeAnswers();
    judge.judgeOrder();
    return judge.findings.verdict();
  }

  private void take(Invocation invocation) {
    users.computeIfAbsent(invocation.user(), UserHistory::new).add(invocation);
    if (invocation.result() instanceof Refused(String code) && code.equals("SOLD_OUT")) {
      soldOut.add(invocation);
    }
  }

  private void judgeLedger() {
    if (stock != null && rows.size() > stock) {
      findings.add(Invariant.I1, "%d rows of %d".formatted(rows.size(), stock));
    }
    forEachKept((user, sequence) -> {
      if (!isNumbered(sequence)) {
        findings.add(Invariant.I1, "user %s holds %d of %s".formatted(user, sequence, stock));
      }
      Long other = held.putIfAbsent(user, sequence);
      if (other != null) {
        findings.add(Invariant.I2, "user %s holds both %d and %d".formatted(user, other, sequence));
      }
    });
    rows.forEach(row -> judgePhantom(row.user(), row.sequence()));
    if (options.drained()) {
      judgeGaps();
    }
  }

  private void judgePhantom(String user, long sequence) {
    UserHistory history = users.get(user);
    if (history == null || history.firstPossible() == UserHistory.NEVER) {
      findings.add(
          Invariant.I4,
          "user %s holds %d, and no try of that user can have been accepted"
              .formatted(user, sequence));
    }
  }

  private void judgeGaps() {
    long[] sequences = new long[rows.size() + failures.size()];
    int[] at = {0};
    forEachKept((user, sequence) -> sequences[at[0]++] = sequence);
    Arrays.sort(sequences);
    for (int i = 0; i < sequences.length; i++) {
      if (sequences[i] != i + 1L) {
        findings.add(
            Invariant.I7, "in place of %d the ledger has %d".formatted(i + 1, sequences[i]));
        break;
      }
    }
    judgeUndersell(sequences.length);
  }

  private void judgeUndersell(int given) {
    boolean saidSoldOut = !soldOut.isEmpty() && options.raises().isEmpty();
    if ((options.demandMet() || saidSoldOut) && stock != null && given < stock) {
      String why = saidSoldOut ? "SOLD_OUT was said" : "more users asked";
      findings.add(Invariant.I7, "%d of %d given, though %s".formatted(given, stock, why));
    }
  }

  private void judgeAnswers() {
    Set<Long> toldSequences = new HashSet<>();
    long told = 0;
    for (UserHistory user : users.values()) {
      if (user.toldSequence() != UserHistory.NONE && !options.excused().contains(user.user())) {
        told++;
        if (!toldSequences.add(user.toldSequence())) {
          findings.add(Invariant.I2, "%d was told to two users".formatted(user.toldSequence()));
        }
        judgeTold(user);
      }
    }
    if (stock != null && told > stock) {
      findings.add(Invariant.I1, "%d users were told yes, of %d".formatted(told, stock));
    }
  }

  private void judgeTold(UserHistory user) {
    long sequence = user.toldSequence();
    if (user.otherSequence() != UserHistory.NONE) {
      findings.add(
          Invariant.I2,
          "user %s was told %d and %d".formatted(user.user(), sequence, user.otherSequence()));
    }
    if (user.refusedAfterTold()) {
      findings.add(
          Invariant.I2, "user %s was told %d, and no on a repeat".formatted(user.user(), sequence));
    }
    if (!isNumbered(sequence)) {
      findings.add(Invariant.I1, "user %s was told %d".formatted(user.user(), sequence));
    }
    Long has = held.get(user.user());
    if (has != null ? has != sequence : options.drained()) {
      findings.add(
          Invariant.I3,
          "user %s was told %d, the ledger has %s"
              .formatted(user.user(), sequence, has == null ? "nothing" : has));
    }
  }

  private void judgeOrder() {
    List<OrderSweep.Accepted> accepted = new ArrayList<>();
    for (UserHistory user : users.values()) {
      long sequence = held.getOrDefault(user.user(), user.toldSequence());
      boolean dated = user.firstPossible() != UserHistory.NEVER;
      if (sequence != UserHistory.NONE && dated && !options.excused().contains(user.user())) {
        accepted.add(
            new OrderSweep.Accepted(user.user(), sequence, user.firstPossible(), user.firstTold()));
      }
    }
    OrderSweep sweep = new OrderSweep(accepted, findings);
    sweep.judgeOrder();
    sweep.judgeSoldOut(soldOut, options.raises());
  }

  private boolean isNumbered(long sequence) {
    return sequence >= 1 && (stock == null || sequence <= stock);
  }

  private void forEachKept(BiConsumer<String, Long> kept) {
    rows.forEach(row -> kept.accept(row.user(), row.sequence()));
    failures.forEach(failure -> kept.accept(failure.user(), failure.sequence()));
  }
}
