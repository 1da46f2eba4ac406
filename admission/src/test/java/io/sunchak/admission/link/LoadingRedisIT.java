package io.sunchak.admission.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ScriptOutputType;
import io.sunchak.admission.testing.RedisProcess;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a link makes of a Redis that comes back. */
@ExtendWith(EnginesExtension.class)
final class LoadingRedisIT {

  @Test
  void a_redis_that_loads_its_log_is_waited_for_and_is_no_connection_before(
      EmbeddedEngines engines) {
    try (RedisProcess process = new RedisProcess(engines);
        RedisLink link =
            new RedisLink(process.uri(), "test", Duration.ofSeconds(10), LoopListener.NONE)) {
      soon().until(() -> link.connectionNumber().isPresent());
      long first = link.connectionNumber().orElseThrow();
      link.await(
          link.commands()
              .eval(
                  "for i = 1, 20000 do redis.call('SET', 'key-' .. i, 'x') end return 'OK'",
                  ScriptOutputType.VALUE));

      // 0.3 ms a command: six seconds at least.
      process.again("--key-load-delay", "300");

      soon().until(link::isLoading);
      assertThat(link.connectionNumber()).isEmpty();
      soon().until(() -> link.connectionNumber().isPresent());
      assertThat(link.isLoading()).isFalse();
      assertThat(link.connectionNumber().orElseThrow()).isGreaterThan(first);
      assertThat(link.await(link.commands().get("key-20000"))).isEqualTo("x");
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
  }
}
