package io.sunchak.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sunchak.server.limits.ConnectionLimits.Decision;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
  private final Proxies proxies =
      new Proxies(List.of("10.0.0.0/8"), Proxies.Header.X_FORWARDED_FOR);
  private final ConnectionLimits limits =
      new ConnectionLimits(5, 2, proxies, new SimpleMeterRegistry());
  private final List<EmbeddedChannel> admitted = new ArrayList<>();

  @Test
  void one_address_may_have_so_many_and_again_when_they_are_closed() {
    assertThat(connect("203.0.113.9")).isEqualTo(Decision.ADMITTED);
    assertThat(connect("203.0.113.9")).isEqualTo(Decision.ADMITTED);
    assertThat(connect("203.0.113.9")).isEqualTo(Decision.TOO_MANY_OF_ONE);
    assertThat(connect("203.0.113.10")).isEqualTo(Decision.ADMITTED);

    admitted.getFirst().finish();

    assertThat(connect("203.0.113.9")).isEqualTo(Decision.ADMITTED);
    assertThat(connect("203.0.113.9")).isEqualTo(Decision.TOO_MANY_OF_ONE);
  }

  @Test
  void there_may_be_so_many_in_all_those_of_proxies_and_of_this_machine_too() {
    for (String address : List.of("10.0.0.1", "10.0.0.1", "10.0.0.1", "127.0.0.1", "127.0.0.1")) {
      assertThat(connect(address)).isEqualTo(Decision.ADMITTED);
    }
    assertThat(connect("127.0.0.1")).isEqualTo(Decision.TOO_MANY);
    assertThat(connect("203.0.113.9")).isEqualTo(Decision.TOO_MANY);

    admitted.forEach(EmbeddedChannel::finish);

    assertThat(connect("203.0.113.9")).isEqualTo(Decision.ADMITTED);
    assertThat(connect("203.0.113.9")).isEqualTo(Decision.ADMITTED);
  }

  private Decision connect(String address) {
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.ofLiteral(address), 4711);
          }
        };
    Decision decision = limits.admit(channel);
    if (decision == Decision.ADMITTED) {
      admitted.add(channel);
    }
    return decision;
  }
}
