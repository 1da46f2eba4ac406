package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Run;
import io.sunchak.bench.workload.Workload.Burst;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Shots;
import java.time.Duration;
import java.util.List;

/** Everybody at once. */
record BurstExperiment(Burst plan) implements Experiment {
  private static final int WARM_UP_CONNECTIONS = 256;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Override
  public List<Run> on(Driver driver) throws InterruptedException {
    Stock stock = Stock.of(plan.stock());
    Credentials users = driver.session().users(plan.users());
    int warmed = plan.warmupSeconds() == 0 ? 0 : warmUp(driver, stock, users).seconds();
    Double within = plan.withinSeconds();
    if (warmed == 0 && within != null) {
      driver.warmGenerator(users, shots(), perSecond(within), plan.connections());
    }
    Thread.sleep(Duration.ofSeconds(plan.idleSeconds()));
    CampaignId campaign = driver.session().open("burst", stock);
    Driver.Sent sent = send(driver, campaign, users);
    Judged judged = driver.judge(sent.tally(), 0, campaign, users, stock);
    Driver.Warm warm = new Driver.Warm(warmed, plan.connections());
    return List.of(driver.run(sent, judged, stock, "", warm));
  }

  private WarmUp warmUp(Driver driver, Stock stock, Credentials users) throws InterruptedException {
    int connections = Math.min(plan.connections(), WARM_UP_CONNECTIONS);
    return driver.warmUp(plan.warmupSeconds(), connections, stock, users);
  }

  private Driver.Sent send(Driver driver, CampaignId campaign, Credentials users)
      throws InterruptedException {
    Double within = plan.withinSeconds();
    return within == null
        ? driver.send(List.of(campaign), users, shots(), plan.connections(), LONGEST)
        : driver.send(campaign, users, shots(), perSecond(within), plan.connections());
  }

  private Shots shots() {
    return Shots.rounds(0, plan.users(), plan.tries());
  }

  private double perSecond(double within) {
    return plan.users() * (double) plan.tries() / within;
  }
}
