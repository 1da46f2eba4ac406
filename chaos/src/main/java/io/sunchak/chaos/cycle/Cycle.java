package io.sunchak.chaos.cycle;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.faults.Faults;
import io.sunchak.chaos.history.Crowd;
import io.sunchak.chaos.history.Disturbance;
import io.sunchak.chaos.history.Press;
import io.sunchak.chaos.schedule.Schedule;
import io.sunchak.chaos.schedule.Strike;
import io.sunchak.chaos.verdict.Bystander;
import io.sunchak.chaos.verdict.CycleJudge;
import io.sunchak.chaos.verdict.Kept;
import io.sunchak.core.CampaignId;
import io.sunchak.judge.Invocation;
import io.sunchak.load.command.CommandException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One cycle: a campaign, a crowd that presses while the strikes fall, everything alive again, the
 * log drained, and the verdict. For one thread.
 */
public final class Cycle {
  private static final Duration DRAINED = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final Schedule schedule;
  private final Queue<Disturbance> struck = new ConcurrentLinkedQueue<>();
  private final List<String> violations = new ArrayList<>();
  private long readyMillis;
  private long drainedMillis;

  public Cycle(Cluster cluster, Schedule schedule) {
    this.cluster = cluster;
    this.schedule = schedule;
  }

  /** Runs it once, to the verdict. */
  public CycleReport run() throws InterruptedException {
    Shop shop = new Shop(cluster);
    CampaignId campaign = shop.open(schedule);
    try (Crowd crowd = new Crowd(cluster, campaign, schedule)) {
      pressAndStrike(crowd, campaign);
      crowd.askAgain();
      CycleReport report = judged(crowd, drained(campaign));
      if (report.isClean()) {
        shop.close(campaign);
      }
      return report;
    } catch (CommandException | SQLException e) {
      violations.add("I8 (convergence): " + e.getMessage());
      return report(List.of(), 0, new CycleJudge.Result(List.of(), 0, 0, 0));
    }
  }

  /** Returns when the last strike is over and every user knows. */
  private void pressAndStrike(Crowd crowd, CampaignId campaign) throws InterruptedException {
    Faults faults = new Faults(cluster, campaign);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> pressing = threads.submit(() -> pressed(crowd));
      List<Future<?>> strikes = new ArrayList<>();
      for (Strike strike : schedule.strikes()) {
        strikes.add(threads.submit(() -> strike(faults, strike)));
      }
      for (Future<?> strike : strikes) {
        strike.get();
      }
      long over = System.nanoTime();
      cluster.heal();
      readyMillis = millisSince(over);
      pressing.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a strike or the crowd failed", e);
    }
  }

  private static Void pressed(Crowd crowd) throws InterruptedException {
    crowd.press();
    return null;
  }

  private Disturbance strike(Faults faults, Strike strike) throws InterruptedException {
    Thread.sleep(strike.at());
    long from = System.nanoTime();
    boolean hit = faults.strike(strike);
    Disturbance disturbance = new Disturbance(strike, from, System.nanoTime(), hit);
    struck.add(disturbance);
    return disturbance;
  }

  private Kept drained(CampaignId campaign) throws SQLException, InterruptedException {
    long from = System.nanoTime();
    try (Bystander bystander = new Bystander(cluster.engines(), campaign)) {
      if (!bystander.awaitDrained(DRAINED)) {
        violations.add(
            "I8 (convergence): not drained %d s after the last fault"
                .formatted(DRAINED.toSeconds()));
      }
      drainedMillis = millisSince(from);
      return bystander.read();
    }
  }

  private CycleReport judged(Crowd crowd, Kept kept) {
    List<Press> history = crowd.history();
    CycleJudge.Result result =
        CycleJudge.judge(history, List.copyOf(struck), kept, schedule.stock());
    violations.addAll(result.violations());
    crowd.unclean().forEach(answer -> violations.add("I9 (clean answers): " + answer));
    crowd.unknowing().forEach(user -> violations.add("I8 (convergence): unknowing: " + user));
    return report(history, kept.rows().size(), result);
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }

  private CycleReport report(List<Press> history, long accepted, CycleJudge.Result result) {
    long unknown =
        history.stream()
            .filter(press -> press.invocation().result() instanceof Invocation.Unknown)
            .count();
    return new CycleReport(
        schedule,
        List.copyOf(struck),
        accepted,
        result.promised(),
        unknown,
        result.lost(),
        result.unlisted(),
        List.copyOf(violations),
        readyMillis,
        drainedMillis);
  }
}
