package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Run;
import io.sunchak.bench.workload.Workload.OpenLoop;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Shots;
import java.util.ArrayList;
import java.util.List;

/** New users at a part of what the closed loop reached just before. */
record OpenLoopExperiment(OpenLoop plan) implements Experiment {
  @Override
  public List<Run> on(Driver driver) throws InterruptedException {
    Credentials users =
        driver
            .session()
            .users(
                Math.max(plan.warmupSeconds(), plan.measureSeconds())
                    * SteadyExperiment.USERS_A_SECOND);
    WarmUp warmUp =
        driver.warmUp(plan.warmupSeconds(), plan.connections(), Stock.unlimited(), users);
    driver.warmUpOpenLoop(users, warmUp.last() / 2, plan.connections());
    List<Run> runs = new ArrayList<>();
    for (int percent : plan.percentOfPeak()) {
      CampaignId campaign = driver.session().open("open", Stock.unlimited());
      double perSecond = warmUp.last() * percent / 100;
      int requests = (int) (perSecond * plan.measureSeconds());
      Driver.Sent sent =
          driver.send(campaign, users, Shots.rounds(0, requests, 1), perSecond, plan.connections());
      Judged judged = driver.judge(sent.tally(), 0, campaign, users, Stock.unlimited());
      Driver.Warm warm = new Driver.Warm(warmUp.seconds(), plan.connections());
      runs.add(driver.run(sent, judged, Stock.unlimited(), percent + "%", warm));
    }
    return runs;
  }
}
