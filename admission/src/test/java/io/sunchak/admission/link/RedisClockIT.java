package io.sunchak.admission.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.sunchak.admission.testing.RedisProcess;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which time a node shows whose own clock is wrong: Redis and this test have the machine's. */
@ExtendWith(EnginesExtension.class)
class RedisClockIT {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void is_redis_time_however_wrong_the_node_is(Duration wrong, EmbeddedEngines engines) {
    InstantSource node = Clock.offset(Clock.systemUTC(), wrong);
    try (RedisLink link =
            new RedisLink(engines.redisServerUri(), "test-clock", LIMIT, LoopListener.NONE);
        RedisClock clock = new RedisClock(link, node, LoopListener.NONE)) {
      await().atMost(PATIENCE).until(clock::isKnown);
      assertThat(clock.instant()).isCloseTo(Instant.now(), within(CLOSE));
    }
  }

  @Test
  void is_the_nodes_own_until_redis_is_seen_and_redis_ever_after(EmbeddedEngines engines) {
    InstantSource node = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    try (RedisProcess redis = new RedisProcess(engines)) {
      redis.signal("STOP");
      try (RedisLink link = new RedisLink(redis.uri(), "test-clock", LIMIT, LoopListener.NONE);
          RedisClock clock = new RedisClock(link, node, LoopListener.NONE)) {
        assertThat(clock.isKnown()).isFalse();
        assertThat(clock.instant()).isCloseTo(node.instant(), within(CLOSE));
        redis.signal("CONT");
        await().atMost(PATIENCE).until(clock::isKnown);
        redis.signal("STOP");
        assertThat(clock.instant()).isCloseTo(Instant.now(), within(CLOSE));
        redis.signal("CONT");
      }
    }
  }

  @Test
  void does_not_jump_with_answers_that_take_long(EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines);
        RedisLink link = new RedisLink(redis.uri(), "test-clock", PATIENCE, LoopListener.NONE);
        RedisClock clock = new RedisClock(link, InstantSource.system(), LoopListener.NONE)) {
      await().atMost(PATIENCE).until(clock::isKnown);
      Duration before = Duration.between(Instant.now(), clock.instant());
      long looks = clock.looks();
      // Longer than the pause between two looks, so that one of the next two is answered late.
      link.await(link.commands().clientPause(3_000));
      for (int next = 1; next <= 2; next++) {
        long heard = looks + next;
        await().atMost(PATIENCE).until(() -> clock.looks() >= heard);
        Duration after = Duration.between(Instant.now(), clock.instant());
        assertThat(after.minus(before).abs())
            .as("look %d", next)
            .isLessThan(Duration.ofMillis(500));
      }
    }
  }
}
