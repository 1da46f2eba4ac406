package io.sunchak.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

import io.sunchak.server.SunchakServer;
import io.sunchak.server.config.SunchakProperties;
import io.sunchak.server.config.SunchakProperties.Ack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A configuration that cannot be meant stops the start, with one line that names the key. */
class FailedStartTest {
  private static final Map<String, String> NEEDED =
      Map.of(
          "sunchak.redis.url", "redis://127.0.0.1:1",
          "sunchak.postgres.url", "jdbc:postgresql://127.0.0.1:1/none",
          "sunchak.token.secret", "x".repeat(32));

  /** The settings alone: nothing is connected to. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(SunchakProperties.class)
  static class Settings {}

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          sunchak.max-backlogg,    1000,               sunchak.max-backlogg
          sunchak.token.secrets.a, x,                  sunchak.token.secrets.a
          sunchak.token.secret,    short,              token.secret
          sunchak.token.secret,    -,                  token.secret
          sunchak.redis.url,       -,                  redis.url
          sunchak.redis.url,       '',                 redis.url
          sunchak.postgres.url,    -,                  postgres.url
          sunchak.max-backlog,     0,                  maxBacklog
          sunchak.max-backlog,     many,               sunchak.max-backlog
          sunchak.ack,             maybe,              sunchak.ack
          sunchak.archive-after,   -P1D,               'sunchak.archive-after must not be negative'
          sunchak.archive-after,   P40000D,            or longer than 36500 days
          sunchak.archive-after,   later,              sunchak.archive-after
          sunchak.alarm.url,       ftp://h/s3cret,     alarm.url
          sunchak.alarm.url,       https:///s3cret,    alarm.url
          sunchak.alarm.url,       hooks.example/s3cret, alarm.url
          sunchak.alarm.url,       https://a b/s3cret, alarm.url
          sunchak.alarm.pause,     0s,                 alarm.pause
          sunchak.alarm.pause,     soon,               sunchak.alarm.pause
          sunchak.alarms,          x,                  sunchak.alarms
          sunchak.token.secret,    '                                ', token.secret is blank
          sunchak.proxies,         proxy.example,      sunchak.proxies must be addresses
          sunchak.proxies,         10.0.0.0/33,        sunchak.proxies must be addresses
          sunchak.forwarded-header, x,                 sunchak.forwarded-header
          sunchak.transport,       iouring,            'sunchak.transport must be auto, io_uring, epoll or nio'
          sunchak.limits.user-burst, 0,                userBurst
          sunchak.limits.connections, many,            sunchak.limits.connections
          sunchak.redis.url,       redis-cluster://u:s3cret@h:1, one primary
          sunchak.redis.url,       redis://u:s3cret#@h:1, sunchak.redis.url must be
          sunchak.postgres.url,    jdbc:postgresql://u:s3cret@h/db, sunchak.postgres.url must be
          sunchak.cors.origins,    *,                  cors.origins
          sunchak.cors.origins,    shop.example,       cors.origins
          sunchak.cors.origins,    https://a.example/, cors.origins
          """)
  void stops_with_one_line_that_names_the_key(String key, String value, String named) {
    Map<String, String> settings = new LinkedHashMap<>(NEEDED);
    settings.remove(key);
    if (value != null) {
      settings.put(key, value);
    }

    Throwable failure = catchThrowable(() -> start(SunchakServer.class, settings).close());

    assertThat(failure).isNotNull();
    assertThat(Cause.of(failure))
        .contains(named)
        .doesNotContain("\n", "Exception", "short,", "s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sunchak.token.secret",
        "sunchak.postgres.user",
        "sunchak.postgres.password",
        "sunchak.postgres.owner.user"
      })
  void a_line_feed_that_a_file_ends_in_is_named(String key) {
    Map<String, String> settings = new LinkedHashMap<>(NEEDED);

    Throwable failure =
        catchThrowable(
            () -> start(Settings.class, settings, Map.of(key, "s3cret".repeat(6) + "\n")).close());

    assertThat(Cause.of(failure))
        .isEqualTo(key + " contains a line feed or another control character: remove it");
  }

  @Test
  void nothing_that_is_configured_shows_a_secret() {
    Map<String, String> settings = new LinkedHashMap<>(NEEDED);
    settings.put("sunchak.redis.url", "redis://u:s3cret@h:1");
    settings.put("sunchak.postgres.url", "jdbc:postgresql://h/db?password=s3cret");
    settings.put("sunchak.postgres.password", "s3cret");
    settings.put("sunchak.postgres.owner.user", "owner");
    settings.put("sunchak.postgres.owner.password", "s3cret");
    settings.put("sunchak.token.secret", "s3cret".repeat(6));
    settings.put("sunchak.alarm.url", "https://hooks.example/s3cret");
    try (ConfigurableApplicationContext context = start(Settings.class, settings)) {
      assertThat(context.getBean(SunchakProperties.class).toString())
          .contains("owner")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void what_is_needed_is_enough() {
    try (ConfigurableApplicationContext context = start(Settings.class, NEEDED)) {
      SunchakProperties settings = context.getBean(SunchakProperties.class);

      assertThat(settings.ack()).isEqualTo(Ack.LOG);
      assertThat(settings.cors().origins()).isEmpty();
      assertThat(settings.archiveAfter()).isNull();
    }
  }

  @Test
  void an_environment_may_hold_what_is_not_ours() {
    Map<String, Object> environment =
        Map.of(
            "SUNCHAK_SOMETHING_ELSE",
            "x",
            "SUNCHAK_ACK",
            "ledger",
            "SUNCHAK_CORS_ORIGINS",
            "https://a.example");
    try (ConfigurableApplicationContext context = start(Settings.class, NEEDED, environment)) {
      SunchakProperties settings = context.getBean(SunchakProperties.class);

      assertThat(settings.ack()).isEqualTo(Ack.LEDGER);
      assertThat(settings.cors().origins()).isEqualTo(List.of("https://a.example"));
    }
  }

  private static ConfigurableApplicationContext start(
      Class<?> application, Map<String, String> settings) {
    return start(application, settings, Map.of());
  }

  private static ConfigurableApplicationContext start(
      Class<?> application, Map<String, String> settings, Map<String, Object> environment) {
    Stream<String> arguments =
        settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue());
    return new SpringApplicationBuilder(application)
        .registerShutdownHook(false)
        .properties(arguments.toArray(String[]::new))
        .initializers(context ->
            context
                .getEnvironment()
                .getPropertySources()
                .replace(
                    SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    new SystemEnvironmentPropertySource(
                        SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment)))
        .run(application == Settings.class ? "--spring.main.web-application-type=none" : "--x=y");
  }
}
