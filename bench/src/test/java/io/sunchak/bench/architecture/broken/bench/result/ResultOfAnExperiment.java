package io.sunchak.bench.architecture.broken.bench.result;

import io.sunchak.bench.architecture.broken.bench.experiment.ExperimentWithAResult;

/** Knows the experiment that it came of, which knows it. */
public record ResultOfAnExperiment(ExperimentWithAResult experiment) {}
