package io.sunchak.lab.architecture.broken.drain;

import io.sunchak.lab.architecture.broken.strategy.Asking;

/** Needs the package that needs its own. */
public record Asked(Asking asking) {}
