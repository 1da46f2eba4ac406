package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.ledger.PromiseLedger;
import io.sunchak.core.ledger.PromiseLedger.Peer;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.server.testing.LiveServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Servers that say that they serve at one place, here any free port of this host. */
class TwinsIT {
  /** A ledger of its own: other tests' servers come and go in the shared one. */
  @AutoClose private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));

  @AutoClose private final EmbeddedEngines engines = EmbeddedEngines.start(data);

  @Test
  void are_nodes_of_their_own_so_that_a_resync_waits_for_both() {
    try (LiveServer one = LiveServer.start(engines)) {
      PromiseLedger ledger = one.bean(PromiseLedger.class);
      await().atMost(Duration.ofSeconds(30)).until(() -> !nodes(ledger).isEmpty());
      Set<String> before = nodes(ledger);
      try (LiveServer _ = LiveServer.start(engines)) {
        await().atMost(Duration.ofSeconds(30)).until(() -> nodes(ledger).size() > before.size());
        Set<String> twin = new TreeSet<>(nodes(ledger));
        twin.removeAll(before);
        assertThat(twin).singleElement().asString().matches(".+:0~[0-9a-f]{8}");
      }
      assertThat(nodes(ledger)).as("after the twin has ended").isEqualTo(before);
    }
  }

  private static Set<String> nodes(PromiseLedger ledger) {
    return ledger.elsewhere("no Redis", "nobody").stream()
        .map(Peer::node)
        .collect(Collectors.toSet());
  }
}
