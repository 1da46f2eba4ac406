package io.sunchak.judge;

import io.sunchak.judge.Invocation.Ok;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/** One way to break a promise in a history that kept it. */
enum Break {
  ONE_TOO_MANY(Invariant.I1) {
    @Override
    boolean in(CaseFile file, Random random) {
      long beyond = total(file) + 1;
      file.told("stranger", beyond, 2_000, 2_001).row("stranger", beyond);
      return true;
    }
  },
  ANOTHER_NUMBER(Invariant.I2) {
    @Override
    boolean in(CaseFile file, Random random) {
      List<Invocation> told = told(file);
      if (told.isEmpty()) {
        return false;
      }
      Invocation one = told.get(random.nextInt(told.size()));
      file.told(one.user(), sequence(one) + 1, 2_000, 2_001);
      return true;
    }
  },
  LOST(Invariant.I3) {
    @Override
    boolean in(CaseFile file, Random random) {
      List<Invocation> told = told(file);
      if (told.isEmpty()) {
        return false;
      }
      file.without(told.get(random.nextInt(told.size())).user());
      return true;
    }
  },
  PHANTOM(Invariant.I4) {
    @Override
    boolean in(CaseFile file, Random random) {
      file.row("stranger", given(file) + 1);
      return true;
    }
  },
  OVERTAKEN(Invariant.I5) {
    @Override
    boolean in(CaseFile file, Random random) {
      for (Invocation one : told(file)) {
        for (Invocation other : told(file)) {
          if (one.completed() < firstPossible(file, other.user())) {
            long low = sequence(one);
            long high = sequence(other);
            renumber(file, n -> n == low ? high : n == high ? low : n);
            return true;
          }
        }
      }
      return false;
    }
  },
  SOLD_OUT_TOO_EARLY(Invariant.I6) {
    @Override
    boolean in(CaseFile file, Random random) {
      List<Invocation> told = told(file);
      if (told.isEmpty() || !file.raises.isEmpty()) {
        return false;
      }
      String user = told.get(random.nextInt(told.size())).user();
      long asked = firstPossible(file, user);
      file.refused("stranger", "SOLD_OUT", asked - 2, asked - 1);
      return true;
    }
  },
  GAP(Invariant.I7) {
    @Override
    boolean in(CaseFile file, Random random) {
      if (given(file) == 0) {
        return false;
      }
      long from = 1L + random.nextInt(given(file));
      renumber(file, n -> n < from ? n : n + 1);
      return true;
    }
  },
  UNDERSOLD(Invariant.I7) {
    @Override
    boolean in(CaseFile file, Random random) {
      long last = given(file);
      if (!file.demandMet || last == 0) {
        return false;
      }
      List<String> holders = new ArrayList<>();
      file.rows.forEach(row -> holders.add(row.sequence() == last ? row.user() : ""));
      file.failures.forEach(kept -> holders.add(kept.sequence() == last ? kept.user() : ""));
      holders.forEach(file::withoutAnyTraceOf);
      return true;
    }
  };

  private final Invariant invariant;

  Break(Invariant invariant) {
    this.invariant = invariant;
  }

  Invariant invariant() {
    return invariant;
  }

  /** Plants the break; false where this history has no place for it. */
  abstract boolean in(CaseFile file, Random random);

  private static long total(CaseFile file) {
    return file.stock == null ? 0 : file.stock;
  }

  private static int given(CaseFile file) {
    return file.rows.size() + file.failures.size();
  }

  private static List<Invocation> told(CaseFile file) {
    return file.history.stream().filter(tried -> tried.result() instanceof Ok).toList();
  }

  private static long sequence(Invocation told) {
    return told.result() instanceof Ok(long sequence) ? sequence : 0;
  }

  private static long firstPossible(CaseFile file, String user) {
    return file.history.stream()
        .filter(tried -> tried.user().equals(user))
        .filter(tried -> !(tried.result() instanceof Invocation.Refused))
        .mapToLong(Invocation::invoked)
        .min()
        .orElseThrow();
  }

  /** Everywhere: in what was told and in what the ledger holds. */
  private static void renumber(CaseFile file, LongUnaryOperator by) {
    CaseFile old = new CaseFile(1);
    old.history.addAll(file.history);
    old.rows.addAll(file.rows);
    old.failures.addAll(file.failures);
    file.history.clear();
    file.rows.clear();
    file.failures.clear();
    for (Invocation tried : old.history) {
      Invocation.Result result =
          tried.result() instanceof Ok(long n) ? new Ok(by.applyAsLong(n)) : tried.result();
      file.tried(tried.user(), result, tried.invoked(), tried.completed());
    }
    old.rows.forEach(row -> file.row(row.user(), by.applyAsLong(row.sequence())));
    old.failures.forEach(kept -> file.failure(kept.user(), by.applyAsLong(kept.sequence())));
  }
}
