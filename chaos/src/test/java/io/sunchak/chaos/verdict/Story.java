package io.sunchak.chaos.verdict;

import io.sunchak.chaos.history.Disturbance;
import io.sunchak.chaos.history.Press;
import io.sunchak.chaos.schedule.Fault;
import io.sunchak.chaos.schedule.Strike;
import io.sunchak.chaos.verdict.Kept.Finding;
import io.sunchak.judge.Held;
import io.sunchak.judge.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A history as a test tells it, times in milliseconds. */
final class Story {
  private final List<Press> history = new ArrayList<>();
  private final List<Disturbance> disturbances = new ArrayList<>();
  private final List<Held> rows = new ArrayList<>();
  private final List<Held> failures = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Long> issued = new HashMap<>();

  /** This server told this user a number. */
  Story told(String user, long number, int server, long millis) {
    return pressed(user, new Invocation.Ok(number), server, millis);
  }

  Story refused(String user, int server, long millis) {
    return pressed(user, new Invocation.Refused("SOLD_OUT"), server, millis);
  }

  Story unanswered(String user, int server, long millis) {
    return pressed(user, new Invocation.Unknown(), server, millis);
  }

  private Story pressed(String user, Invocation.Result result, int server, long millis) {
    long at = nanos(millis);
    long done = result instanceof Invocation.Unknown ? Long.MAX_VALUE : at + 1;
    history.add(new Press(new Invocation(user, at, done, result), server, 0));
    return this;
  }

  Story struck(Fault fault, int server, long from, long to) {
    Strike strike =
        new Strike(fault, Duration.ofMillis(from), Duration.ofMillis(to - from), server, 0);
    disturbances.add(new Disturbance(strike, nanos(from), nanos(to), true));
    return this;
  }

  /** Ledger and Redis both have it. */
  Story holds(String user, long number) {
    rows.add(new Held(user, number));
    issued.put(user, number);
    return this;
  }

  Story isVoid(long number) {
    failures.add(new Held("void " + number, number));
    issued.put("void " + number, number);
    return this;
  }

  /** Only Redis has it. */
  Story issued(String user, long number) {
    issued.put(user, number);
    return this;
  }

  Story failed(String user, long number) {
    failures.add(new Held(user, number));
    issued.put(user, number);
    return this;
  }

  Story listed(String kind, String user, long claimed, long settled) {
    findings.add(new Finding(kind, user, claimed, settled));
    return this;
  }

  CycleJudge.Result judged(@Nullable Long stock) {
    long last = (long) rows.size() + failures.size();
    Kept kept = new Kept(rows, failures, findings, issued, last, last);
    return CycleJudge.judge(history, disturbances, kept, stock);
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
