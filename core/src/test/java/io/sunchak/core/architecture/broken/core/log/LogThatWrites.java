package io.sunchak.core.architecture.broken.core.log;

import io.sunchak.core.architecture.broken.core.ledger.LedgerThatResyncs;

/** The log must not know the ledger. */
public record LogThatWrites(LedgerThatResyncs ledger) {}
