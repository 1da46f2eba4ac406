package io.sunchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.embedded.testing.Resp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither engine lets anybody in without its password, or from elsewhere. */
@ExtendWith(EnginesExtension.class)
final class CredentialsIT {
  @ParameterizedTest
  @ValueSource(strings = {"postgres", "sunchak"})
  void postgres_refuses_a_wrong_password(String database, EmbeddedEngines engines) {
    String url = "jdbc:postgresql://127.0.0.1:" + engines.postgres().port() + "/" + database;
    assertThatThrownBy(() -> DriverManager.getConnection(url, engines.postgresUser(), "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void postgres_refuses_a_missing_password(EmbeddedEngines engines) {
    assertThatThrownBy(() ->
            DriverManager.getConnection(engines.jdbcUrl() + "?user=" + engines.postgresUser()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("SCRAM");
  }

  @ParameterizedTest
  @CsvSource({"'', wrong", "default, wrong", "sunchak, wrong", "nobody, wrong"})
  void redis_refuses_a_wrong_password(String user, String password, EmbeddedEngines engines) {
    String uri = "redis://" + user + ":" + password + "@127.0.0.1:" + engines.redis().port();
    assertThat(Resp.ask(uri, "PING")).startsWith("WRONGPASS");
  }

  @Test
  void redis_refuses_a_missing_password(EmbeddedEngines engines) {
    assertThat(Resp.ask("redis://127.0.0.1:" + engines.redis().port(), "PING"))
        .startsWith("NOAUTH");
  }

  @Test
  void each_redis_user_has_a_password_of_its_own(EmbeddedEngines engines) {
    String swapped = engines.redisServerUri().replace("sunchak:", "default:");
    assertThat(Resp.ask(swapped, "PING")).startsWith("WRONGPASS");
  }

  @Test
  void nobody_reaches_them_through_another_address(EmbeddedEngines engines) throws IOException {
    // Every Linux has a second address of its own: the one that a machine without a network has.
    List<InetAddress> elsewhere =
        Stream.concat(
                Stream.of(InetAddress.ofLiteral("127.0.0.2")),
                NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
            .filter(address -> !address.equals(InetAddress.ofLiteral("127.0.0.1")))
            .toList();
    for (int port : List.of(engines.redis().port(), engines.postgres().port())) {
      assertThat(elsewhere).noneMatch(address -> answers(address, port));
      assertThat(answers(InetAddress.ofLiteral("127.0.0.1"), port)).isTrue();
    }
  }

  private static boolean answers(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 2_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
