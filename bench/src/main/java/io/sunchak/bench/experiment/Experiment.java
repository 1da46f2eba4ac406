package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Run;
import java.util.List;

/** What is done to a running target, and what came of it. */
interface Experiment {
  /** One run, in as many records as the experiment has variants. */
  List<Run> on(Driver driver) throws InterruptedException;
}
