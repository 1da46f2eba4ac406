package io.sunchak.core.architecture.broken.core.ledger;

import io.sunchak.core.architecture.broken.core.resync.ResyncThatDrains;

/** The ledger must not know who resyncs. */
public record LedgerThatResyncs(ResyncThatDrains resync) {}
