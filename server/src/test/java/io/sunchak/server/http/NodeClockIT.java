package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.EventStream;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A node whose own clock is wrong shows and says what Redis' clock decides. */
@ExtendWith(ServerExtension.class)
class NodeClockIT {
  private static final Duration WRONG = Duration.ofMinutes(30);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Configuration(proxyBeanMethods = false)
  static class Ahead {
    @Bean
    InstantSource nodeClock() {
      return Clock.offset(Clock.systemUTC(), WRONG);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Behind {
    @Bean
    InstantSource nodeClock() {
      return Clock.offset(Clock.systemUTC(), WRONG.negated());
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Ahead.class, Behind.class})
  void shows_the_time_and_the_state_that_decide(Class<?> clock, EmbeddedEngines engines)
      throws Exception {
    try (LiveServer server = LiveServer.start(engines, Map.of(), clock)) {
      Api api = new Api(server);
      String suffix = clock == Ahead.class ? "ahead" : "behind";
      String early = "clock-early-" + suffix;
      String late = "clock-late-" + suffix;
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      api.create(early, 5, now.plusSeconds(600).toString(), "2099-01-01T00:00:00Z");
      api.create(late, null, "2020-01-01T00:00:00Z", now.plusSeconds(1).toString());
      AtomicInteger comers = new AtomicInteger();
      await()
          .atMost(PATIENCE)
          .until(() -> api.issue(late, "u" + comers.incrementAndGet()).status() == 409);

      Answer notOpen = api.issue(early, "u").is(409, "NOT_OPEN");
      assertThat(Integer.parseInt(notOpen.header("Retry-After"))).isBetween(500, 601);
      assertThat(api.campaign(early).path("state").asString()).isEqualTo("SCHEDULED");
      api.issue(late, "last").is(409, "CLOSED");
      assertThat(api.campaign(late).path("state").asString()).isEqualTo("CLOSED");
      for (String path :
          Stream.of(Api.CAMPAIGNS + "/", Api.ADMIN + "/").map(p -> p + early).toList()) {
        assertTrue(api.admin(Call.get(path)).is(200).json().path("serverTime").asString());
      }
      String look = Api.ADMIN + "/" + early + "/users/u";
      assertTrue(api.admin(Call.get(look)).is(200).json().path("serverTime").asString());
      try (EventStream events = EventStream.of(server, "/api/v1/admin/stream")) {
        assertTrue(events.next().path("at").asString());
      }
    }
  }

  private static void assertTrue(String shown) {
    assertThat(Instant.parse(shown)).isCloseTo(Instant.now(), within(CLOSE));
  }
}
