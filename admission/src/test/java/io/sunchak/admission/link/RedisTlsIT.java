package io.sunchak.admission.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sunchak.admission.testing.RedisProcess;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.embedded.testing.Certificates;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.embedded.testing.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * TLS to Redis: with the right CA it serves; else one sentence says what is wrong, and no password
 * has left this machine in the clear.
 */
@ExtendWith(EnginesExtension.class)
final class RedisTlsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PASSWORD = "never-in-the-clear";

  private static Certificates certificates;
  @AutoClose private static RedisProcess redis;
  @AutoClose private static FaultProxy encrypted;

  @BeforeAll
  static void start(EmbeddedEngines engines) throws Exception {
    certificates = Certificates.in(Files.createTempDirectory(Path.of("target"), "tls-"));
    int port = LoopbackPorts.free();
    List<String> settings = new ArrayList<>(certificates.redis(port));
    settings.addAll(List.of("--requirepass", PASSWORD));
    redis = new RedisProcess(engines, settings);
    encrypted = new FaultProxy(port);
  }

  @Test
  void the_right_ca_serves() {
    try (RedisLink link = link("rediss", "127.0.0.1", "?ca=" + certificates.ca())) {
      await().atMost(LIMIT).until(() -> link.connectionNumber().isPresent());

      assertThat(new RedisGuard(link).unsafeSetting()).isEmpty();
      assertThat(encrypted.written(PASSWORD)).isZero();
    }
  }

  @Test
  void another_ca_is_named() {
    assertRefused(
        "rediss", "127.0.0.1", "?ca=" + certificates.otherCa(), "not trusted", "?ca=FILE");
  }

  @Test
  void without_a_ca_those_of_the_jdk_are_asked() {
    assertRefused("rediss", "127.0.0.1", "", "not trusted", "?ca=FILE");
  }

  @Test
  void another_host_name_is_named() {
    assertRefused("rediss", "localhost", "?ca=" + certificates.ca(), "another host", "localhost");
  }

  @Test
  void plain_text_to_a_port_that_is_encrypted_is_named() {
    assertRefused("redis", "127.0.0.1", "", "write rediss://");
  }

  @Test
  void tls_to_a_port_that_is_not_is_named() {
    String url = redis.uri().replace("redis://", "rediss://:" + PASSWORD + "@");
    try (RedisLink link = new RedisLink(url, "test-tls", LIMIT, LoopListener.NONE)) {
      assertRefused(link, "speaks no TLS", "write redis://");
    }
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    assertThatThrownBy(() -> link("rediss", "127.0.0.1", "?ca=/nowhere/ca.pem").close())
        .isInstanceOf(LogException.class)
        .hasMessageContaining("/nowhere/ca.pem")
        .hasMessageNotContaining(PASSWORD);
  }

  private static RedisLink link(String scheme, String host, String query) {
    String url = "%s://:%s@%s:%d%s".formatted(scheme, PASSWORD, host, encrypted.port(), query);
    return new RedisLink(url, "test-tls", LIMIT, LoopListener.NONE);
  }

  private static void assertRefused(String scheme, String host, String query, String... words) {
    try (RedisLink link = link(scheme, host, query)) {
      assertRefused(link, words);
      assertThat(encrypted.written(PASSWORD)).isZero();
    }
  }

  private static void assertRefused(RedisLink link, String... words) {
    assertThatThrownBy(() -> new RedisGuard(link).refuseLasting())
        .isInstanceOf(LogException.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContainingAny(PASSWORD, "\n", "Exception");
  }
}
