package io.sunchak.chaos.verdict;

import io.sunchak.chaos.history.Disturbance;
import io.sunchak.chaos.history.Press;
import io.sunchak.judge.Held;
import io.sunchak.judge.Invocation;
import io.sunchak.judge.Judge;
import io.sunchak.judge.Options;
import io.sunchak.judge.Options.Raise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges one cycle: I1 to I7 by the {@link Judge}, with lost promises that the protocol allows
 * counted as answers that never came; that each of them is listed; and I10. Pure.
 */
public final class CycleJudge {
  /** A server repeats a refusal for a second, and may have begun to a moment later. */
  private static final long REPEATED = Duration.ofSeconds(2).toNanos();

  private final List<Press> history;
  private final Kept kept;
  private final LostTail tail;
  private final List<String> violations = new ArrayList<>();
  private final Set<Press> lost = new HashSet<>();
  private int unlisted;

  private CycleJudge(List<Press> history, List<Disturbance> disturbances, Kept kept) {
    this.history = history;
    this.kept = kept;
    this.tail = new LostTail(disturbances, kept.findings());
  }

  /**
   * What was found.
   *
   * @param promised users who were told yes
   * @param lost of them, those whose promise was lost as the protocol allows
   * @param unlisted of these, those that no server can have reported in time
   */
  public record Result(List<String> violations, long promised, long lost, int unlisted) {}

  /**
   * Judges a cycle whose log is drained, and whose users all asked once more after the last fault.
   *
   * @param stock null for unlimited
   */
  public static Result judge(
      List<Press> history, List<Disturbance> disturbances, Kept kept, @Nullable Long stock) {
    CycleJudge judge = new CycleJudge(history, disturbances, kept);
    judge.judgeTail();
    judge.judgePromise(stock);
    judge.judgeAgreement();
    return judge.result();
  }

  private void judgeTail() {
    Map<String, Long> held = held();
    tellings()
        .forEach((told, presses) -> {
          boolean isKept = told.sequence() == held.getOrDefault(told.user(), -1L);
          if (!isKept && tail.mayHold(presses)) {
            lost.addAll(presses);
            judgeListed(told, presses);
          }
        });
  }

  private void judgeListed(Held told, List<Press> presses) {
    if (!tail.isListed(told.user(), told.sequence())) {
      unlisted++;
      if (!tail.isBeyondReports(presses)) {
        violations.add(
            "user %s was told %d, which is lost and in no list of repairs"
                .formatted(told.user(), told.sequence()));
      }
    }
  }

  private void judgePromise(@Nullable Long stock) {
    List<Invocation> invocations =
        history.stream()
            .map(press -> lost.contains(press) ? missing(press) : press.invocation())
            .toList();
    long users = history.stream().map(press -> press.invocation().user()).distinct().count();
    boolean demandMet = stock != null && users >= stock;
    Options options = new Options(true, demandMet, freed(invocations), Set.of());
    Judge.check(invocations, kept.rows(), kept.failures(), stock, options)
        .violations()
        .forEach(violation -> violations.add(violation.toString()));
  }

  private static Invocation missing(Press press) {
    Invocation seen = press.invocation();
    return new Invocation(seen.user(), seen.invoked(), Long.MAX_VALUE, new Invocation.Unknown());
  }

  /** Numbers that nobody knows any more are given again: for SOLD_OUT that is a raise. */
  private List<Raise> freed(List<Invocation> invocations) {
    return tail.losses().stream()
        .filter(loss ->
            invocations.stream()
                .anyMatch(one ->
                    one.result() instanceof Invocation.Unknown && one.invoked() <= loss.to()))
        .map(loss -> new Raise(loss.from(), loss.to() + REPEATED))
        .toList();
  }

  private void judgeAgreement() {
    Map<String, Long> held = held();
    if (!held.equals(kept.issued())) {
      Set<Map.Entry<String, Long>> differing = new HashSet<>(held.entrySet());
      differing.removeAll(kept.issued().entrySet());
      Set<Map.Entry<String, Long>> others = new HashSet<>(kept.issued().entrySet());
      others.removeAll(held.entrySet());
      violations.add(
          "I10 (agreement): only the ledger has %s, only Redis %s".formatted(differing, others));
    }
    if (kept.sequence() != kept.cursor() || kept.cursor() != held.size()) {
      violations.add(
          "I10 (agreement): Redis gave up to %d, the cursor is at %d, %d are held"
              .formatted(kept.sequence(), kept.cursor(), held.size()));
    }
    kept.failures().stream()
        .filter(failure -> !failure.user().startsWith("void "))
        .forEach(failure -> violations.add("I8 (convergence): a failure is left: " + failure));
  }

  private Map<String, Long> held() {
    Map<String, Long> held = new HashMap<>();
    kept.rows().forEach(row -> held.put(row.user(), row.sequence()));
    kept.failures().forEach(failure -> held.put(failure.user(), failure.sequence()));
    return held;
  }

  /** Each yes by what it told. */
  private Map<Held, List<Press>> tellings() {
    return history.stream()
        .filter(press -> press.invocation().result() instanceof Invocation.Ok)
        .collect(Collectors.groupingBy(CycleJudge::told));
  }

  private static Held told(Press press) {
    Invocation.Ok ok = (Invocation.Ok) press.invocation().result();
    return new Held(press.invocation().user(), ok.sequence());
  }

  private Result result() {
    long promised = tellings().keySet().stream().map(Held::user).distinct().count();
    long users = lost.stream().map(press -> press.invocation().user()).distinct().count();
    return new Result(List.copyOf(violations), promised, users, unlisted);
  }
}
