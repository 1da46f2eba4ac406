package io.sunchak.core.architecture.broken.core.serving;

import io.sunchak.core.architecture.broken.core.drain.DrainThatResyncs;

/** The serving loop must not know the drain. */
public record ServingThatDrains(DrainThatResyncs drain) {}
