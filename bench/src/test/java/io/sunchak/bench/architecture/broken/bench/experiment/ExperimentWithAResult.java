package io.sunchak.bench.architecture.broken.bench.experiment;

import io.sunchak.bench.architecture.broken.bench.result.ResultOfAnExperiment;

/** Yields a result, which knows it. */
public record ExperimentWithAResult(ResultOfAnExperiment result) {}
