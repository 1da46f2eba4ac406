package io.sunchak.judge;

import io.sunchak.judge.Invocation.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A history of an issuer that keeps its promise: overlapping tries, each decided at one moment
 * between its question and its answer, some answers lost, some tries turned away without an effect,
 * perhaps a raise.
 */
final class RandomCaseFile {
  private final Random random;
  private final CaseFile file;
  private final Map<String, Long> held = new LinkedHashMap<>();
  private final long raiseAt;
  private final long raised;
  private long total;

  /** A try; {@code decided} lies between question and answer. */
  private record Try(String user, long invoked, long decided, long completed) {}

  private RandomCaseFile(Random random) {
    this.random = random;
    this.total = 1L + random.nextInt(20);
    this.raised = total + 1 + random.nextInt(5);
    this.raiseAt = random.nextInt(3) == 0 ? 100L + random.nextInt(800) : Long.MAX_VALUE;
    this.file = new CaseFile(raiseAt == Long.MAX_VALUE ? total : raised);
  }

  static CaseFile drawn(Random random) {
    return new RandomCaseFile(random).play();
  }

  private CaseFile play() {
    List<Try> tries = new ArrayList<>();
    int count = random.nextInt(80);
    for (int i = 0; i < count; i++) {
      long invoked = random.nextInt(1_000);
      long decided = invoked + 1 + random.nextInt(30);
      long completed = decided + 1 + random.nextInt(30);
      tries.add(new Try("u" + random.nextInt(40), invoked, decided, completed));
    }
    tries.sort(Comparator.comparingLong(Try::decided));
    tries.forEach(this::decide);
    raiseIfDue(Long.MAX_VALUE - 1);
    held.forEach(this::keep);
    return file;
  }

  private void decide(Try one) {
    raiseIfDue(one.decided());
    if (random.nextInt(15) == 0) {
      file.refused(one.user(), "OVERLOADED", one.invoked(), one.completed());
      return;
    }
    Result result = answer(one.user());
    if (random.nextInt(10) == 0) {
      file.unknown(one.user(), one.invoked());
    } else {
      file.tried(one.user(), result, one.invoked(), one.completed());
    }
  }

  private Result answer(String user) {
    long next = held.size() + 1L;
    if (next <= total) {
      held.putIfAbsent(user, next);
    }
    Long sequence = held.get(user);
    file.demandMet |= sequence == null;
    return sequence == null ? new Invocation.Refused("SOLD_OUT") : new Invocation.Ok(sequence);
  }

  private void raiseIfDue(long now) {
    if (raiseAt <= now && total != raised) {
      total = raised;
      file.raise(raiseAt - random.nextInt(20), raiseAt + random.nextInt(20));
      file.demandMet = false;
    }
  }

  private void keep(String user, long sequence) {
    if (random.nextInt(10) == 0) {
      file.failure(user, sequence);
    } else {
      file.row(user, sequence);
    }
  }
}
