package io.sunchak.core.architecture.broken.core.ledger;

import io.sunchak.core.architecture.broken.core.align.AlignThatDrains;

/** The ledger must not know align. */
public record LedgerThatAligns(AlignThatDrains align) {}
