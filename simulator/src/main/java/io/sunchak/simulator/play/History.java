package io.sunchak.simulator.play;

import io.sunchak.core.IssueOutcome;
import io.sunchak.judge.Invocation;
import io.sunchak.judge.Options;
import io.sunchak.simulator.time.Scheduler;
import io.sunchak.simulator.time.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What users asked and were told, and how the stock changed, on a clock that counts each. */
final class History {
  private final Scheduler scheduler;
  private final Trace trace;
  private final List<Asked> asked = new ArrayList<>();
  private final Map<Long, Long> raises = new LinkedHashMap<>();
  private final Map<String, Long> told = new HashMap<>();
  private long time;
  private long turnedAway;

  /** A request and, once it is there, its answer. */
  final class Asked {
    private final String user;
    private final long invoked = ++time;
    private long completed = Long.MAX_VALUE;
    private Invocation.Result result = new Invocation.Unknown();

    private Asked(String user) {
      this.user = user;
    }

    void tell(@Nullable IssueOutcome outcome, @Nullable Throwable error) {
      if (outcome == null) {
        throw new IllegalStateException("an issuer answers with a value", error);
      }
      completed = ++time;
      result = result(outcome);
      turnedAway += outcome instanceof IssueOutcome.Unavailable ? 1 : 0;
      if (outcome instanceof IssueOutcome.Held held) {
        told.putIfAbsent(user, held.sequence());
      }
      trace.add(scheduler.now(), () -> user + " is told " + outcome);
    }
  }

  History(Scheduler scheduler, Trace trace) {
    this.scheduler = scheduler;
    this.trace = trace;
  }

  Asked ask(String user) {
    Asked one = new Asked(user);
    asked.add(one);
    return one;
  }

  /** The stock is about to be changed, by now, and for ever if nobody says when it was. */
  long changes() {
    raises.put(++time, Long.MAX_VALUE);
    return time;
  }

  /** The change that began then is in force. */
  void changed(long begun) {
    raises.put(begun, ++time);
  }

  List<Options.Raise> raises() {
    return raises.entrySet().stream()
        .map(raise -> new Options.Raise(raise.getKey(), raise.getValue()))
        .toList();
  }

  /** How often somebody was told to try again. */
  long turnedAway() {
    return turnedAway;
  }

  /** The numbers that users were told. */
  Map<String, Long> told() {
    return told;
  }

  List<Invocation> invocations() {
    return asked.stream()
        .map(one -> new Invocation(one.user, one.invoked, one.completed, one.result))
        .toList();
  }

  private static Invocation.Result result(IssueOutcome outcome) {
    return switch (outcome) {
      case IssueOutcome.Held held -> new Invocation.Ok(held.sequence());
      case IssueOutcome.SoldOut _ -> new Invocation.Refused("SOLD_OUT");
      case IssueOutcome.Unavailable no -> new Invocation.Refused(no.reason().name());
      case IssueOutcome.Unknown _ -> new Invocation.Unknown();
      case IssueOutcome.Paused _ -> new Invocation.Refused("PAUSED");
      case IssueOutcome.Closed _, IssueOutcome.Archived _ -> new Invocation.Refused("CLOSED");
      case IssueOutcome.NotOpen _ -> new Invocation.Refused("NOT_OPEN");
      case IssueOutcome.NotEligible _ -> throw new IllegalStateException("it is every user's");
      case IssueOutcome.CampaignNotFound _ ->
          throw new IllegalStateException("the ledger has the campaign");
    };
  }
}
