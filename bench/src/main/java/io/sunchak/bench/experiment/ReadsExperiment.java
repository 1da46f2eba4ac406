package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Run;
import io.sunchak.bench.workload.Workload.Reads;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.load.command.CommandException;
import io.sunchak.load.generator.AnswerCodec;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Endpoint;
import io.sunchak.load.generator.Load;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.Recording;
import io.sunchak.load.generator.Shots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * New users at a part of the closed loop's rate: alone, beside many who look at the campaign, and
 * beside many who list all campaigns. Those who look have no token.
 */
record ReadsExperiment(Reads plan) implements Experiment {
  private static final Credentials NOBODY = Credentials.names("nobody-", 1);
  private static final Endpoint LIST = Endpoint.get("/api/v1/campaigns?limit=1000");
  private static final int OK = 200;

  @Override
  public List<Run> on(Driver driver) throws InterruptedException {
    Credentials users =
        driver
            .session()
            .users(
                Math.max(plan.warmupSeconds(), plan.measureSeconds())
                    * SteadyExperiment.USERS_A_SECOND);
    for (int i = 0; i < plan.campaigns(); i++) {
      driver.session().open("other", Stock.of(1));
    }
    WarmUp warmUp =
        driver.warmUp(plan.warmupSeconds(), plan.connections(), Stock.unlimited(), users);
    double perSecond = warmUp.last() * plan.percentOfPeak() / 100;
    driver.warmUpOpenLoop(users, perSecond, plan.connections());
    List<Run> runs = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      CampaignId campaign = driver.session().open("open", Stock.unlimited());
      Shots once = Shots.rounds(0, (int) (perSecond * plan.measureSeconds()), 1);
      Driver.Sent sent;
      try (LoadGenerator readers = new LoadGenerator(1)) {
        CompletableFuture<LoadGenerator.@Nullable Result> read =
            CompletableFuture.supplyAsync(
                () -> read(driver, variant, campaign, readers), Thread::startVirtualThread);
        sent = driver.send(campaign, users, once, perSecond, plan.connections());
        requireRead(read.join());
      }
      Judged judged = driver.judge(sent.tally(), 0, campaign, users, Stock.unlimited());
      Driver.Warm warm = new Driver.Warm(warmUp.seconds(), plan.connections());
      runs.add(driver.run(sent, judged, Stock.unlimited(), variant.label, warm));
    }
    return runs;
  }

  private enum Variant {
    ALONE("alone"),
    VIEWS("beside views"),
    LISTS("beside lists");

    private final String label;

    Variant(String label) {
      this.label = label;
    }
  }

  private LoadGenerator.@Nullable Result read(
      Driver driver, Variant variant, CampaignId campaign, LoadGenerator readers) {
    try {
      return switch (variant) {
        case ALONE -> null;
        case VIEWS ->
            readers.run(
                load(
                    driver,
                    Endpoint.get("/api/v1/campaigns/" + campaign),
                    (double) plan.viewsPerSecond(),
                    plan.viewConnections()));
        case LISTS -> readers.run(load(driver, LIST, null, plan.listConnections()));
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private Load load(Driver driver, Endpoint endpoint, @Nullable Double perSecond, int connections) {
    return new Load(
        driver.session().nodes(),
        List.of(endpoint),
        NOBODY,
        Shots.endless(0, 1),
        perSecond,
        connections,
        Duration.ofSeconds(plan.measureSeconds()),
        Driver.PATIENCE);
  }

  /** Reads that were refused would have cost the issues nothing. */
  private static void requireRead(LoadGenerator.@Nullable Result result) {
    if (result == null) {
      return;
    }
    Recording all = result.recording();
    for (int i = 0; i < all.size(); i++) {
      int status = AnswerCodec.status(all.answer(i));
      if (status != OK) {
        throw new CommandException("a read was answered " + status, "read the server's log");
      }
    }
    if (all.size() == 0) {
      throw new CommandException("no read was answered", "read the server's log");
    }
  }
}
