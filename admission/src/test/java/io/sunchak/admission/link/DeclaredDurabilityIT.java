package io.sunchak.admission.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sunchak.admission.testing.RedisProcess;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * A Redis that hides its settings is used on the operator's word alone, and only for what nothing
 * shows.
 */
@ExtendWith(EnginesExtension.class)
final class DeclaredDurabilityIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void without_a_declaration_the_start_says_what_to_set(EmbeddedEngines engines) {
    try (RedisProcess redis = hiding(engines);
        RedisLink link = connected(redis.uri())) {
      assertThatThrownBy(() -> new RedisGuard(link).refuseLasting())
          .isInstanceOf(LogException.class)
          .hasMessageContaining("sunchak.redis.durability to fsync-always or replicated-log");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Durability.class, mode = Mode.EXCLUDE, names = "VERIFIED")
  void what_is_hidden_is_taken_as_declared_and_said_so(
      Durability durability, EmbeddedEngines engines) {
    try (RedisProcess redis = hiding(engines);
        RedisLink link = connected(redis.uri())) {
      RedisGuard guard = new RedisGuard(link, ReplicaAcks.NONE, durability);

      assertThat(guard.unsafeSetting()).isEmpty();
      assertThat(guard.declared()).hasValue(durability);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FSYNC_ALWAYS, --appendonly, no, appendonly is no and must be yes",
    "FSYNC_ALWAYS, --maxmemory-policy, allkeys-lru, maxmemory-policy is allkeys-lru",
    "REPLICATED_LOG, --maxmemory-policy, volatile-ttl, maxmemory-policy is volatile-ttl",
    "REPLICATED_LOG, --replicaof, 127.0.0.1 1, it is a replica and must be a primary"
  })
  void what_is_seen_to_be_wrong_is_refused_whatever_is_declared(
      Durability durability, String setting, String value, String said, EmbeddedEngines engines) {
    try (RedisProcess redis = hiding(engines, setting, value);
        RedisLink link = connected(redis.uri())) {
      RedisGuard guard = new RedisGuard(link, ReplicaAcks.NONE, durability);

      assertThat(guard.unsafeSetting())
          .hasValueSatisfying(unsafe -> assertThat(unsafe).contains(said));
    }
  }

  @Test
  void a_setting_that_can_be_read_is_not_overridden_by_a_declaration(EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines, List.of("--appendfsync", "everysec"));
        TestRedis root = new TestRedis(redis.uri(), redis.uri());
        RedisLink link = connected(redis.uri())) {
      RedisGuard guard = new RedisGuard(link, ReplicaAcks.NONE, Durability.FSYNC_ALWAYS);
      assertThat(guard.unsafeSetting())
          .hasValue("Redis: appendfsync is everysec and must be always");

      root.root().configSet("appendfsync", "always");
      assertThat(guard.unsafeSetting()).isEmpty();
      assertThat(guard.declared()).isEmpty();
    }
  }

  /** Its log is not this Redis' file, so the file's settings say nothing. */
  @Test
  void a_replicated_log_stands_in_for_the_file(EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines, List.of("--appendonly", "no"));
        RedisLink link = connected(redis.uri())) {
      RedisGuard guard = new RedisGuard(link, ReplicaAcks.NONE, Durability.REPLICATED_LOG);

      assertThat(guard.unsafeSetting()).isEmpty();
      assertThat(guard.declared()).hasValue(Durability.REPLICATED_LOG);
    }
  }

  private static RedisProcess hiding(EmbeddedEngines engines, String... more) {
    List<String> settings = new ArrayList<>(List.of("--rename-command", "CONFIG", ""));
    settings.addAll(List.of(more));
    return new RedisProcess(engines, settings);
  }

  private static RedisLink connected(String uri) {
    RedisLink made = new RedisLink(uri, "test-declared", LIMIT, LoopListener.NONE);
    await().atMost(LIMIT).until(() -> made.connectionNumber().isPresent());
    return made;
  }
}
