package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Figures;
import io.sunchak.bench.result.Run;
import io.sunchak.bench.subject.Ledger;
import io.sunchak.bench.workload.Workload.Drain;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Stock;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Shots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backlog and how fast it is stored; then another, and the server killed when half of it is. The
 * lab's drains wait for their tick while the backlog gathers; the product's, which has none, is
 * kept from writing by a lock.
 */
record DrainExperiment(Drain plan) implements Experiment {
  /** The lab's pause between two drains in this experiment: the backlog gathers in it. */
  static final List<String> LAB_ARGUMENTS = List.of("--interval", "15s");

  private static final Duration LONGEST = Duration.ofMinutes(1);

  /**
   * A backlog that stands.
   *
   * @param released when it could be stored; null: when the first row was
   */
  private record Backlog(CampaignId campaign, Driver.Sent sent, @Nullable Instant released) {}

  @Override
  public List<Run> on(Driver driver) throws InterruptedException {
    int size = driver.isLab() ? plan.labBacklog() : plan.backlog();
    Credentials users = driver.session().users(size);
    return List.of(speed(driver, users), kill(driver, users));
  }

  private Run speed(Driver driver, Credentials users) throws InterruptedException {
    Backlog backlog = gather(driver, users);
    Judged judged =
        driver.judge(backlog.sent().tally(), 0, backlog.campaign(), users, Stock.unlimited());
    Instant released = backlog.released() == null ? judged.firstRow() : backlog.released();
    return run(driver, backlog, judged, Figures.stored(judged.storedPerSecond(released)), "");
  }

  private Run kill(Driver driver, Credentials users) throws InterruptedException {
    Backlog backlog = gather(driver, users);
    driver.session().ledger().await(backlog.campaign(), users.count() / 2L, Driver.STILL);
    driver.session().killServers();
    driver.session().startServer();
    Judged judged =
        driver.judge(backlog.sent().tally(), 0, backlog.campaign(), users, Stock.unlimited());
    long kept =
        (long) judged.rows().size() + driver.session().ledger().failures(backlog.campaign()).size();
    Figures figures = Figures.lost(Math.max(0, judged.promised() - kept));
    return run(driver, backlog, judged, figures, "kill");
  }

  private Backlog gather(Driver driver, Credentials users) throws InterruptedException {
    CampaignId campaign = driver.session().open("backlog", Stock.unlimited());
    Shots everybody = Shots.rounds(0, users.count(), 1);
    if (driver.isLab()) {
      return new Backlog(campaign, send(driver, campaign, users, everybody), null);
    }
    Driver.Sent sent;
    try (Ledger.Lock _ = driver.session().ledger().lock()) {
      sent = send(driver, campaign, users, everybody);
    }
    return new Backlog(campaign, sent, Instant.now());
  }

  private Driver.Sent send(Driver driver, CampaignId campaign, Credentials users, Shots shots)
      throws InterruptedException {
    return driver.send(List.of(campaign), users, shots, plan.connections(), LONGEST);
  }

  private Run run(Driver driver, Backlog backlog, Judged judged, Figures figures, String variant) {
    Tally tally = backlog.sent().tally();
    return driver
        .record(
            tally,
            figures,
            TimeSeries.of(tally.result(), judged.rows(), Stock.unlimited()),
            variant,
            new Driver.Warm(0, plan.connections()))
        .judged(judged.verdict());
  }
}
