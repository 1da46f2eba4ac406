package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Run;
import io.sunchak.bench.workload.Workload.Scale;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.judge.Invocation;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Shots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One campaign that grows, measured at each size. */
record ScaleExperiment(Scale plan) implements Experiment {
  private static final Duration FILL = Duration.ofMinutes(10);

  @Override
  public List<Run> on(Driver driver) throws InterruptedException {
    int most = plan.issued().getLast() + plan.measureSeconds() * SteadyExperiment.USERS_A_SECOND;
    Credentials users = driver.session().users(most);
    WarmUp warmUp =
        driver.warmUp(plan.warmupSeconds(), plan.connections(), Stock.unlimited(), users);
    CampaignId campaign = driver.session().open("scale", Stock.unlimited());
    List<Invocation> history = new ArrayList<>();
    List<Driver.Sent> measured = new ArrayList<>();
    int next = 0;
    for (int issued : plan.issued()) {
      if (issued > next) {
        history.addAll(
            send(driver, campaign, users, Shots.rounds(next, issued, 1), FILL)
                .tally()
                .history(0, campaign, users));
        driver.session().ledger().await(campaign, issued, Driver.STILL);
        next = issued;
      }
      Duration time = Duration.ofSeconds(plan.measureSeconds());
      Driver.Sent sent = send(driver, campaign, users, Shots.rounds(next, users.count(), 1), time);
      history.addAll(sent.tally().history(0, campaign, users));
      measured.add(sent);
      next += (int) sent.tally().requests();
    }
    Judged judged = driver.judge(history, campaign, Stock.unlimited());
    return runs(driver, judged, measured, new Driver.Warm(warmUp.seconds(), plan.connections()));
  }

  private Driver.Sent send(
      Driver driver, CampaignId campaign, Credentials users, Shots shots, Duration longest)
      throws InterruptedException {
    return driver.send(List.of(campaign), users, shots, plan.connections(), longest);
  }

  private List<Run> runs(
      Driver driver, Judged judged, List<Driver.Sent> measured, Driver.Warm warm) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      String variant = Integer.toString(plan.issued().get(i));
      // The rows are of all sizes together: what was stored when says nothing of one of them.
      Judged alone = new Judged(List.of(), judged.promised(), judged.verdict());
      runs.add(driver.run(measured.get(i), alone, Stock.unlimited(), variant, warm));
    }
    return runs;
  }
}
