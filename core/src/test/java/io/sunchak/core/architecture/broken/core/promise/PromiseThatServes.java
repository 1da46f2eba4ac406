package io.sunchak.core.architecture.broken.core.promise;

import io.sunchak.core.architecture.broken.core.serving.ServingThatDrains;

/** What was promised is kept whoever serves. */
public record PromiseThatServes(ServingThatDrains serving) {}
