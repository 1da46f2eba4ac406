package io.sunchak.load;

import io.sunchak.judge.Invocation;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.LoadGenerator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every try of a drop's users, counted by what was answered. Belongs to one thread. */
final class Tries {
  private final List<Invocation> history = new ArrayList<>();
  private final Set<String> acceptedUsers = new HashSet<>();
  private final Map<String, Long> refusedByCode = new TreeMap<>();
  private final Latencies accepted = new Latencies();
  private final Latencies refused = new Latencies();
  private long unknown;
  private long started;

  void add(LoadGenerator.Result result, Credentials users) {
    if (history.isEmpty()) {
      started = result.startedNanos();
    }
    List<Invocation> tries = result.history(0, users);
    history.addAll(tries);
    for (int i = 0; i < tries.size(); i++) {
      Invocation one = tries.get(i);
      long nanos = result.recording().doneAt(i) - result.recording().sentAt(i);
      switch (one.result()) {
        case Invocation.Ok _ -> {
          acceptedUsers.add(one.user());
          accepted.record(nanos);
        }
        case Invocation.Refused(String code) -> {
          refusedByCode.merge(code, 1L, Long::sum);
          refused.record(nanos);
        }
        case Invocation.Unknown _ -> {
          unknown++;
          refused.record(nanos);
        }
      }
    }
  }

  /** What the judge is given. */
  List<Invocation> history() {
    return history;
  }

  long acceptedUsers() {
    return acceptedUsers.size();
  }

  Map<String, Long> refusedByCode() {
    return refusedByCode;
  }

  long unknown() {
    return unknown;
  }

  Latencies accepted() {
    return accepted;
  }

  Latencies refused() {
    return refused;
  }

  double millisSinceStart() {
    return (System.nanoTime() - started) / 1e6;
  }
}
