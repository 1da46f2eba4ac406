package io.sunchak.core.architecture.broken.core.log;

import io.sunchak.core.architecture.broken.core.ledger.LedgerThatAligns;

/** The log must not know the ledger. */
public record LogThatWrites(LedgerThatAligns ledger) {}
