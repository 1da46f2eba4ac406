package io.sunchak.core.architecture.broken.core.config;

import io.sunchak.core.architecture.broken.core.resync.ResyncThatDrains;

/** A config change asks for a check and does not resync by itself. */
public record ConfigThatResyncs(ResyncThatDrains resync) {}
