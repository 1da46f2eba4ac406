package io.sunchak.embedded.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Role;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.Resp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoopbackPortsIT {
  private static final EngineOptions REDIS = EngineOptions.defaults().with(Set.of(Role.REDIS));

  @TempDir(factory = BesideBinaries.class)
  Path root;

  @Test
  void ports_lie_below_those_of_outgoing_connections_and_differ() throws IOException {
    int outgoingFrom =
        LoopbackPorts.outgoingFrom(
            Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range")));
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      chosen.add(LoopbackPorts.free());
    }
    assertThat(chosen).hasSizeGreaterThan(25).allMatch(port -> port >= 15_000);
    assertThat(chosen).allMatch(port -> port < outgoingFrom);
  }

  @Test
  void a_port_somebody_listens_on_is_not_free() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        ServerSocket everywhere = new ServerSocket(0)) {
      assertThat(LoopbackPorts.isFree(taken.getLocalPort())).isFalse();
      assertThat(LoopbackPorts.isFree(everywhere.getLocalPort())).isFalse();
    }
  }

  @Test
  void a_restarted_server_finds_its_engine_where_it_was() {
    int first = portOfOneRun();
    assertThat(portOfOneRun()).isEqualTo(first);
  }

  @Test
  void a_port_taken_meanwhile_is_given_up() throws IOException {
    int first = portOfOneRun();
    try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(portOfOneRun()).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void a_port_file_with_nonsense_is_ignored() throws IOException {
    portOfOneRun();
    for (String nonsense : new String[] {"", "x", "99999", "-1"}) {
      Files.writeString(root.resolve("run/redis.port"), nonsense);
      assertThat(portOfOneRun()).isGreaterThanOrEqualTo(15_000);
    }
  }

  private int portOfOneRun() {
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines = EmbeddedEngines.start(data, REDIS)) {
      assertThat(Resp.ask(engines.redisUri(), "PING")).isEqualTo("PONG");
      return engines.redis().port();
    }
  }
}
