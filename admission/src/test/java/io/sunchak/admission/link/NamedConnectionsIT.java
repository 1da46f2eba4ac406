package io.sunchak.admission.link;

import static org.awaitility.Awaitility.await;

import io.sunchak.admission.testing.RedisProcess;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which nodes Redis sees. */
@ExtendWith(EnginesExtension.class)
class NamedConnectionsIT {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void are_those_of_nodes_whatever_their_hosts_are_called(EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines);
        RedisLink own = link(redis, NamedConnections.name("control", "shop-1:8080"));
        RedisLink _ = link(redis, NamedConnections.name("issue", "shop-1:8080"));
        RedisLink _ = link(redis, "sunchak-of-somebody-else");
        RedisLink _ = link(redis, "cache@elsewhere")) {
      NamedConnections connections = new NamedConnections(own);
      awaitNames(connections, Set.of("shop-1:8080"));
      try (RedisLink _ = link(redis, NamedConnections.name("control", "한글 호스트:8080"))) {
        awaitNames(connections, Set.of("shop-1:8080", "한글 호스트:8080"));
      }
      awaitNames(connections, Set.of("shop-1:8080"));
    }
  }

  private static void awaitNames(NamedConnections connections, Set<String> names) {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> connections.names().equals(names));
  }

  private static RedisLink link(RedisProcess redis, String name) {
    return new RedisLink(redis.uri(), name, LIMIT, LoopListener.NONE);
  }
}
