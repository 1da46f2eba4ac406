package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Run;
import io.sunchak.bench.workload.Workload.Nodes;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Shots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Accepting with one server node more each time, on the same engines. */
record NodesExperiment(Nodes plan) implements Experiment {
  @Override
  public List<Run> on(Driver driver) throws InterruptedException {
    Credentials users =
        driver.session().users(plan.measureSeconds() * SteadyExperiment.USERS_A_SECOND);
    List<Run> runs = new ArrayList<>();
    for (int nodes : plan.nodes()) {
      while (driver.session().nodes().size() < nodes) {
        driver.session().startServer();
      }
      WarmUp warmUp =
          driver.warmUp(plan.warmupSeconds(), plan.connections(), Stock.unlimited(), users);
      CampaignId campaign = driver.session().open("open", Stock.unlimited());
      Driver.Sent sent =
          driver.send(
              List.of(campaign),
              users,
              Shots.rounds(0, users.count(), 1),
              plan.connections(),
              Duration.ofSeconds(plan.measureSeconds()));
      Judged judged = driver.judge(sent.tally(), 0, campaign, users, Stock.unlimited());
      Driver.Warm warm = new Driver.Warm(warmUp.seconds(), plan.connections());
      String variant = nodes == 1 ? "1 node" : nodes + " nodes";
      runs.add(driver.run(sent, judged, Stock.unlimited(), variant, warm));
    }
    return runs;
  }
}
