package io.sunchak.simulator.node;

import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.simulator.network.Network;
import io.sunchak.simulator.network.SimulatedLink;
import io.sunchak.simulator.time.Host;
import java.time.Duration;

/** The ledger and the way to Redis. */
public record Engines(InMemoryLedger ledger, Network network) {
  SimulatedLink link(Host client, String name, Duration limit) {
    return new SimulatedLink(network, client, name, limit);
  }
}
