package io.sunchak.ledger.broken.ledger.resync;

import io.sunchak.ledger.broken.ledger.drain.DrainThatResyncs;

public record ResyncThatDrains(DrainThatResyncs drain) {}
