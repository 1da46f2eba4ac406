package io.sunchak.core.architecture.broken.core.drain;

import io.sunchak.core.architecture.broken.core.resync.ResyncThatDrains;

/** The drain asks for a check and does not resync by itself. */
public record DrainThatResyncs(ResyncThatDrains resync) {}
