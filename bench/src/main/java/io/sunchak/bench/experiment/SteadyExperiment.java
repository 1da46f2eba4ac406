package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Run;
import io.sunchak.bench.subject.Ledger;
import io.sunchak.bench.workload.Workload.Steady;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.judge.Invocation;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Shots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The same crowd for a while. */
record SteadyExperiment(Steady plan) implements Experiment {
  /** More than any server here accepts in a second. */
  static final int USERS_A_SECOND = 60_000;

  private static final Stock ONE = Stock.of(1);
  private static final int FEW = 10_000;

  @Override
  public List<Run> on(Driver driver) throws InterruptedException {
    int count =
        plan.winners() == 0
            ? FEW
            : driver.isLab()
                ? plan.labUsers()
                : plan.measureSeconds() * USERS_A_SECOND * plan.winners() / 100 + 2;
    Credentials users = driver.session().users(count);
    // Before the load: an admin's calls take other branches, and what was compiled without them is
    // compiled again.
    CampaignId another = driver.session().open("warm", Stock.unlimited());
    CampaignId open = driver.session().open("open", Stock.unlimited());
    CampaignId soldOut = driver.session().open("sold-out", ONE);
    Driver.Sent first =
        driver.send(List.of(open, soldOut), users, takesTheOne(), 1, Driver.PATIENCE);
    WarmUp warmUp =
        driver.warmUp(
            plan.warmupSeconds(),
            plan.connections(),
            List.of(another, soldOut),
            users,
            crowd(driver, driver.warmUpUsers(count)));
    Driver.Sent sent;
    try (Ledger.Lock _ = plan.drainHeld() ? driver.session().ledger().lock() : () -> {}) {
      sent =
          driver.send(
              List.of(open, soldOut),
              users,
              crowd(driver, count),
              plan.connections(),
              Duration.ofSeconds(plan.measureSeconds()));
    }
    List<Invocation> late = new ArrayList<>(first.tally().history(1, soldOut, users));
    late.addAll(sent.tally().history(1, soldOut, users));
    Judged judged =
        driver
            .judge(sent.tally(), 0, open, users, Stock.unlimited())
            .and(driver.judge(late, soldOut, ONE));
    Driver.Warm warm = new Driver.Warm(warmUp.seconds(), plan.connections());
    return List.of(driver.run(sent, judged, Stock.unlimited(), "", warm));
  }

  private Shots crowd(Driver driver, int users) {
    return Shots.crowd(driver.seed(), plan.winners(), plan.repeats(), users);
  }

  /** User 0 takes the one coupon of the second campaign. */
  private static Shots takesTheOne() {
    Shots once = Shots.rounds(0, 1, 1);
    return () -> once.next() == Shots.END ? Shots.END : Shots.of(1, 0);
  }
}
