package io.sunchak.core.architecture.broken.core.reconcile;

import io.sunchak.core.architecture.broken.core.resync.ResyncThatDrains;

/** A comparison must not repair. */
public record ReconcileThatResyncs(ResyncThatDrains resync) {}
