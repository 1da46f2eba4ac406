package io.sunchak.load.architecture.broken.report;

import io.sunchak.load.architecture.broken.client.Asking;

/** Needs the package that needs its own. */
public record Asked(Asking asking) {}
