package io.sunchak.core.architecture.broken.core.resync;

import io.sunchak.core.architecture.broken.core.drain.DrainThatResyncs;

/** A resync must not know the drain. */
public record ResyncThatDrains(DrainThatResyncs drain) {}
