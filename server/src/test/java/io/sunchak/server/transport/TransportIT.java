package io.sunchak.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.LiveServer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Issues over each transport that this machine has. */
@ExtendWith(EnginesExtension.class)
class TransportIT {

  @ParameterizedTest
  @EnumSource
  void carries_issues_and_pages(Transport transport, EmbeddedEngines engines) {
    assumeTrue(transport.isAvailable(), "not on this machine");
    String campaign = "by-" + transport.name().toLowerCase(Locale.ROOT).replace('_', '-');
    try (LiveServer server =
        LiveServer.start(engines, Map.of("sunchak.transport", transport.toString()))) {
      Api api = new Api(server);
      api.create(campaign, 1);

      api.issue(campaign, "u1").is(202);
      api.issue(campaign, "u1").is(200);
      api.issue(campaign, "u2").is(409, "SOLD_OUT");
      api.get("/").is(200);
      assertThat(loops()).contains("http-" + transport);
    }
  }

  @Test
  void epoll_is_on_every_linux_that_this_is_tested_on() {
    assertThat(Transport.EPOLL.isAvailable()).isTrue();
  }

  @Test
  void auto_takes_one_that_is_here() {
    assertThat(Transport.of("auto").isAvailable()).isTrue();
  }

  /** What the threads of event loops are named after: of this server, and of others in this JVM. */
  private static Set<String> loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("http-"))
        .map(name -> name.substring(0, name.lastIndexOf('-')))
        .collect(Collectors.toSet());
  }
}
