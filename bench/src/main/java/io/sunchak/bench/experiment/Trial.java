package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Machine;
import io.sunchak.bench.subject.Target;
import java.nio.file.Path;

/**
 * One run that is to be made.
 *
 * @param number from 1
 * @param command {@code ./sunchak}
 * @param work a folder for data and logs
 * @param commit what is measured
 */
record Trial(
    String experiment,
    Target target,
    int number,
    Path command,
    Path work,
    String commit,
    Machine machine) {
  /** The same for every run of that number, so that a run can be made again. */
  long seed() {
    return 31L * experiment.hashCode() + number;
  }
}
