package io.sunchak.ledger.broken.ledger.drain;

import io.sunchak.ledger.broken.ledger.resync.ResyncThatDrains;

public record DrainThatResyncs(ResyncThatDrains resync) {}
