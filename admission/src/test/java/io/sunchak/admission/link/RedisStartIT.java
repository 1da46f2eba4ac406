package io.sunchak.admission.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sunchak.admission.testing.RedisProcess;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Redis that can never serve is named at the start, with the next step; an absent one is not. */
@ExtendWith(EnginesExtension.class)
final class RedisStartIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PASSWORD = "hu#s@h%:/+ s";
  private static final String ENCODED = "hu%23s%40h%25%3A%2F+%20s";

  @Test
  void one_that_hides_its_settings_is_named(EmbeddedEngines engines) {
    try (RedisProcess redis =
        new RedisProcess(engines, List.of("--rename-command", "CONFIG", ""))) {
      assertRefused(redis.uri(), "unknown command", "CONFIG GET");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-config", "-client|list"})
  void one_whose_user_may_not_ask_is_named(String without, EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines, poor(without))) {
      assertRefused(login(redis, "poor:hush@"), "NOPERM", "docs/operations.md");
    }
  }

  @Test
  void one_that_cannot_run_the_scripts_is_named(EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines, poor("-evalsha"))) {
      assertRefused(login(redis, "poor:hush@"), "NOPERM", "docs/operations.md");
    }
  }

  /** Redis refuses it within a script by other words than it does outside of one. */
  @ParameterizedTest
  @ValueSource(strings = {"xtrim", "xadd", "hsetnx"})
  void one_whose_scripts_may_not_run_a_command_is_named(String command, EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines, poor("-" + command))) {
      assertRefused(login(redis, "poor:hush@"), "docs/operations.md");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default:wrong@", ":wrong@", "wrong@", "nobody:hush@", ""})
  void a_wrong_or_missing_password_is_named_and_not_shown(String login, EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines, List.of("--requirepass", PASSWORD))) {
      assertRefused(login(redis, login), "user or the password", "sunchak.redis.url");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default:" + ENCODED + "@", ":" + ENCODED + "@", ENCODED + "@"})
  void any_password_can_be_written(String login, EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines, List.of("--requirepass", PASSWORD));
        RedisLink link =
            new RedisLink(login(redis, login), "test-start", LIMIT, LoopListener.NONE)) {
      assertThatCode(() -> new RedisGuard(link).refuseLasting()).doesNotThrowAnyException();
      assertThat(link.connectionNumber()).isPresent();
    }
  }

  @Test
  void a_node_of_a_cluster_is_named(EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines, List.of("--cluster-enabled", "yes"))) {
      assertRefused(redis.uri(), "node of a cluster", "one primary");
    }
  }

  @Test
  void what_is_no_redis_is_named() throws Exception {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.start();
    try {
      assertRefused(
          "redis://default:hush@127.0.0.1:" + web.getAddress().getPort(),
          "is no Redis",
          "127.0.0.1:");
    } finally {
      web.stop(0);
    }
  }

  /** It may come: the server waits for it, and says so. */
  @Test
  void an_absent_one_is_waited_for(EmbeddedEngines engines) {
    RedisProcess redis = new RedisProcess(engines);
    redis.close();
    String uri = redis.uri().replace("//", "//default:hush@");
    try (RedisLink link = new RedisLink(uri, "test-start", LIMIT, LoopListener.NONE)) {
      await().atMost(LIMIT).until(() -> link.firstAttempt().isEmpty());

      assertThatCode(() -> new RedisGuard(link).refuseLasting()).doesNotThrowAnyException();
      assertThat(link.trouble())
          .contains("Redis is not connected", "127.0.0.1:", "cannot be reached")
          .doesNotContain("hush");
    }
  }

  @Test
  void a_password_that_is_changed_meanwhile_is_named_while_that_lasts(EmbeddedEngines engines) {
    try (RedisProcess redis = new RedisProcess(engines);
        TestRedis root = new TestRedis(redis.uri(), redis.uri());
        RedisLink link = new RedisLink(redis.uri(), "test-start", LIMIT, LoopListener.NONE)) {
      await().atMost(LIMIT).until(() -> link.connectionNumber().isPresent());

      root.root().configSet("requirepass", "another");
      root.root().clientKill(io.lettuce.core.KillArgs.Builder.typeNormal().skipme(true));

      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(link.trouble()).contains("user or the password"));
      root.root().configSet("requirepass", "");
      await().atMost(LIMIT).until(() -> link.connectionNumber().isPresent());
      assertThat(link.trouble()).doesNotContain("user or the password");
    }
  }

  private static List<String> poor(String without) {
    return List.of("--user", "poor", "on", ">hush", "~*", "&*", "+@all", without);
  }

  private static String login(RedisProcess redis, String login) {
    return redis.uri().replace("//", "//" + login);
  }

  private static void assertRefused(String uri, String... words) {
    try (RedisLink link = new RedisLink(uri, "test-start", LIMIT, LoopListener.NONE)) {
      assertThatThrownBy(() -> new RedisGuard(link).refuseLasting())
          .isInstanceOfSatisfying(
              LogException.class,
              refused ->
                  assertThat(refused.getMessage())
                      .contains(words)
                      .doesNotContain("wrong@", "hush", "\n", "Exception"));
    }
  }
}
