package io.sunchak.chaos.soak;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.cycle.Cycle;
import io.sunchak.chaos.cycle.CycleReport;
import io.sunchak.chaos.cycle.RunLog;
import io.sunchak.chaos.schedule.Schedule;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One cluster for a long time: campaigns are opened, sold out and closed one after the other, now
 * and then with a fault, each judged; at the end it is judged what has grown. The first server is
 * never killed, so that it is one process whose figures are compared. For one thread.
 */
public final class Soak {
  /** How often something is struck. */
  private static final Duration FAULT_EVERY = Duration.ofSeconds(30);

  private static final int FEWEST_SAMPLES = 3;

  private final Setup setup;
  private final Listener listener;

  /**
   * What a soak needs.
   *
   * @param lasting a campaign that is begun is brought to its end
   * @param folder for data, logs and the record
   */
  public record Setup(Duration lasting, long seed, Path folder, Cluster.Plan plan) {}

  /** Hears of each campaign. */
  @FunctionalInterface
  public interface Listener {
    void end(CycleReport report, Sample sample);
  }

  public Soak(Setup setup, Listener listener) {
    this.setup = setup;
    this.listener = listener;
  }

  /** Ends early where a promise is broken; data and logs then stay in their folder. */
  public SoakReport run() throws InterruptedException {
    Path folder = setup.folder().resolve("soak-" + setup.seed());
    try (RunLog log = RunLog.open(setup.folder(), "soak-" + setup.seed())) {
      FileTree.delete(folder);
      Files.createDirectories(folder);
      SoakReport report;
      try (Cluster cluster = Cluster.start(folder, setup.plan())) {
        report = run(cluster, log);
      }
      if (report.violations().isEmpty()) {
        FileTree.delete(folder);
      }
      return report;
    } catch (IOException e) {
      throw new CommandException(
          "cannot write into " + setup.folder() + ": " + e.getMessage(),
          "choose another folder with --out");
    }
  }

  private SoakReport run(Cluster cluster, RunLog log) throws InterruptedException, IOException {
    Sampler sampler = new Sampler(cluster, cluster.servers().getFirst());
    List<CycleReport> cycles = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    long begun = System.nanoTime();
    long struck = begun;
    long coupons = 0;
    boolean clean = true;
    while (clean && (System.nanoTime() - begun < setup.lasting().toNanos() || tooFew(samples))) {
      boolean due = System.nanoTime() - struck >= FAULT_EVERY.toNanos();
      struck = due ? System.nanoTime() : struck;
      CycleReport report =
          new Cycle(cluster, Schedule.soldOut(setup.seed() + cycles.size(), due)).run();
      coupons += report.accepted();
      cycles.add(report);
      clean = report.isClean();
      Sample sample = sampler.take(coupons);
      samples.add(sample);
      log.add(report, sample);
      listener.end(report, sample);
    }
    return new SoakReport(
        List.copyOf(cycles), List.copyOf(samples.subList(samples.size() / 3, samples.size())));
  }

  private static boolean tooFew(List<Sample> samples) {
    return samples.size() - samples.size() / 3 < FEWEST_SAMPLES;
  }
}
