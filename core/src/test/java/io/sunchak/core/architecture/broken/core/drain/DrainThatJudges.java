package io.sunchak.core.architecture.broken.core.drain;

import io.sunchak.core.architecture.broken.core.align.AlignsOwn;

/** The drain must not know how align works. */
public record DrainThatJudges(AlignsOwn align) {}
