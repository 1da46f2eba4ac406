package io.sunchak.admission.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EnginesExtension.class)
final class RedisLinkIT {
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final AtomicInteger told = new AtomicInteger();

  @Test
  void a_listener_that_throws_keeps_neither_the_others_nor_the_connection_away(
      EmbeddedEngines engines) {
    try (RedisLink link =
        new RedisLink(
            engines.redisServerUri(),
            "test-link",
            Duration.ofSeconds(10),
            (loop, surprise) -> surprises.add(loop))) {
      soon().until(() -> link.connectionNumber().isPresent());
      link.onChange(() -> {
        throw new AssertionError("a defect in the listener");
      });
      link.onChange(told::incrementAndGet);
      for (int lost = 1; lost <= 3; lost++) {
        long before = link.connectionNumber().orElseThrow();
        link.giveUp(link.established());
        soon().until(() -> link.connectionNumber().orElse(before) > before);
      }
      soon().untilAsserted(() -> assertThat(told).hasValue(6));
      assertThat(surprises).hasSize(6).containsOnly("redis-change");
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
  }
}
