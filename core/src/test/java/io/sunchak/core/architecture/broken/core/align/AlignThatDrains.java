package io.sunchak.core.architecture.broken.core.align;

import io.sunchak.core.architecture.broken.core.drain.DrainThatJudges;

/** Align must not know the drain. */
public record AlignThatDrains(DrainThatJudges drain) {}
