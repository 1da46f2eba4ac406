package io.sunchak.core.architecture.broken.core.gate;

import io.sunchak.core.architecture.broken.core.serving.ServingThatDrains;

/** The gate must not know who opens it. */
public record GateThatOpensItself(ServingThatDrains serving) {}
