package io.sunchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.embedded.testing.Resp;
import io.sunchak.embedded.testing.Sql;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EnginesExtension.class)
final class DurableSettingsIT {
  @ParameterizedTest
  @CsvSource({
    "appendonly, yes",
    "appendfsync, always",
    "no-appendfsync-on-rewrite, no",
    "maxmemory-policy, noeviction",
    "save, ''",
    "bind, 127.0.0.1",
    "protected-mode, yes"
  })
  void redis_says_it_is_durable(String setting, String value, EmbeddedEngines engines) {
    assertThat(Resp.ask(engines.redisServerUri(), "CONFIG", "GET", setting))
        .isEqualTo("[" + setting + ", " + value + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "full_page_writes, on",
    "synchronous_commit, on",
    "listen_addresses, 127.0.0.1",
    "unix_socket_directories, ''",
    "password_encryption, scram-sha-256",
    "server_encoding, UTF8"
  })
  void postgres_says_it_is_durable(String setting, String value, EmbeddedEngines engines)
      throws SQLException {
    assertThat(Sql.ask(engines, "SHOW " + setting)).isEqualTo(value);
  }

  @Test
  void both_are_described_with_version_source_and_port(EmbeddedEngines engines) {
    assertThat(engines.describe())
        .matches(
            "(redis|valkey) \\d+\\.\\d+[.\\d]* \\([^ ]+, 127\\.0\\.0\\.1:\\d+\\)"
                + " · postgres 18\\.6 \\(bundled, 127\\.0\\.0\\.1:\\d+\\)");
  }
}
