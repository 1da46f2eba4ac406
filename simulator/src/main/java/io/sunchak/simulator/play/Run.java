package io.sunchak.simulator.play;

import io.sunchak.judge.Judge;
import io.sunchak.judge.Verdict;
import io.sunchak.simulator.node.Parts;
import io.sunchak.simulator.time.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run: nodes on two engines, users who press and faults, as the plan or another course has
 * them, then quiet, in which all heals and is drained, and the judge. Not thread-safe.
 */
public final class Run {
  private static final Duration HEALED = Duration.ofSeconds(10);
  private static final Duration LONGEST_HEALING = Duration.ofSeconds(90);

  /** How often all ask again while some are turned away, since the log was full, say. */
  private static final int ROUNDS = 12;

  private final Plan plan;
  private final Course course;
  private final Trace trace;
  private final World world;
  private final History history;
  private final Users users;
  private final Operator operator;
  private final Faults faults;

  /** A run of that plan that has not begun; its trace is kept or only hashed. */
  public Run(Plan plan, boolean kept) {
    this(plan, kept, Parts.REAL);
  }

  /** As the other one, with these parts in the place of the product's own. */
  Run(Plan plan, boolean kept, Parts parts) {
    this(plan, new Steps(plan.steps()), kept, parts);
  }

  /** A run of that course, which takes nothing but its size from the plan. */
  Run(Plan plan, Course course, boolean kept) {
    this(plan, course, kept, Parts.REAL);
  }

  /** As the other one, with these parts in the place of the product's own. */
  Run(Plan plan, Course course, boolean kept, Parts parts) {
    this.plan = plan;
    this.course = course;
    this.trace = new Trace(kept);
    this.world = new World(plan, trace, parts);
    this.history = new History(world.scheduler(), trace);
    this.users = new Users(world, history, plan.stock());
    this.operator = new Operator(world, history, plan.stock());
    Cover cover = new Cover(world.ledger(), world.redis().memory(), world.campaign(), history);
    this.faults = new Faults(world, cover);
  }

  /** What came of it. */
  public Report play() {
    try {
      world.start();
      course.play(new Course.Stage(world, users, operator, faults, history));
      heal();
      return report(found(settle()));
    } catch (IllegalStateException | AssertionError defect) {
      trace.add(world.scheduler().now(), () -> "DEFECT " + defect);
      return report(List.of("defect: " + defect));
    } finally {
      world.end();
    }
  }

  /** The last fault has ended. */
  private void heal() {
    trace.add(world.scheduler().now(), () -> "all heals");
    world.ledgerFaults().heal();
    world.redis().start();
    world.runFor(HEALED);
  }

  /** Everybody asks until nobody is turned away, and the log is drained. */
  private Verdict settle() {
    operator.resume();
    world.runFor(Duration.ofSeconds(3));
    long before = -1;
    for (int round = 0; round < ROUNDS && history.turnedAway() != before; round++) {
      before = history.turnedAway();
      users.askAll(operator.highestStock());
      world.runFor(Duration.ofSeconds(1));
    }
    users.ask(0, "late");
    awaitDrained();
    var stored = world.stored();
    return Judge.check(
        history.invocations(),
        stored.heldByRows(),
        stored.heldByFailures(),
        operator.highestStock(),
        operator.options());
  }

  private void awaitDrained() {
    long deadline = world.scheduler().now() + LONGEST_HEALING.toNanos();
    boolean drained;
    do {
      world.runFor(Duration.ofSeconds(2));
      drained = world.disagreements().isEmpty();
    } while (!drained && world.scheduler().now() < deadline);
    if (!drained) {
      world.defects().add("I8: not drained " + LONGEST_HEALING + " after the last fault");
    }
  }

  private List<String> found(Verdict verdict) {
    List<String> found = new ArrayList<>(world.defects());
    verdict.violations().forEach(one -> found.add(one.toString()));
    found.addAll(needlessRepairs());
    return found.isEmpty() ? world.disagreements() : found;
  }

  /** Of what nobody lost there is nothing to repair. */
  private List<String> needlessRepairs() {
    return faults.haveLost()
        ? List.of()
        : world.heard().repairs().stream()
            .map(repair -> "repaired, though nothing was lost: " + repair)
            .toList();
  }

  private Report report(List<String> found) {
    return new Report(plan, found, trace.hash(), trace.lines());
  }
}
