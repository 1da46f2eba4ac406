package io.sunchak.chaos.cycle;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.schedule.Schedule;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run: cycles one after the other on one cluster. Where a cycle was violated, the cluster's data
 * and logs stay in their folder, and the next cycle has a fresh one. For one thread.
 */
public final class Chaos {
  private final Setup setup;
  private final Listener listener;
  private int folders;

  /**
   * What a run needs.
   *
   * @param cycles how many
   * @param seed of the first cycle; the next one's is one more
   * @param folder for data, logs and the record
   */
  public record Setup(int cycles, long seed, Path folder, Cluster.Plan plan) {}

  /** Hears of each cycle. */
  public interface Listener {
    /** Is about to run. */
    void begin(Schedule schedule);

    /**
     * Is over.
     *
     * @param folder where data and logs were kept; null where there was no violation
     */
    void end(CycleReport report, @Nullable Path folder);
  }

  public Chaos(Setup setup, Listener listener) {
    this.setup = setup;
    this.listener = listener;
  }

  /** Runs all cycles, and gives their reports in order. */
  public List<CycleReport> run() throws InterruptedException {
    List<CycleReport> reports = new ArrayList<>();
    try (RunLog log = RunLog.open(setup.folder(), "chaos-" + setup.seed())) {
      while (reports.size() < setup.cycles()) {
        runOnOneCluster(reports, log);
      }
    } catch (IOException e) {
      throw new CommandException(
          "cannot write into " + setup.folder() + ": " + e.getMessage(),
          "choose another folder with --out");
    }
    return reports;
  }

  /** Until a cycle is violated, or the last one is over. */
  private void runOnOneCluster(List<CycleReport> reports, RunLog log)
      throws InterruptedException, IOException {
    folders++;
    Path folder = setup.folder().resolve("cluster-%d-%d".formatted(setup.seed(), folders));
    boolean clean = true;
    FileTree.delete(folder);
    Files.createDirectories(folder);
    try (Cluster cluster = Cluster.start(folder, setup.plan())) {
      while (clean && reports.size() < setup.cycles()) {
        Schedule schedule = Schedule.of(Schedule.seed(setup.seed(), reports.size()));
        listener.begin(schedule);
        CycleReport report = new Cycle(cluster, schedule).run();
        clean = report.isClean();
        log.add(report);
        reports.add(report);
        listener.end(report, clean ? null : folder);
      }
    }
    if (clean) {
      FileTree.delete(folder);
    }
  }
}
