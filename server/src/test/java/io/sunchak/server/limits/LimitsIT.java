package io.sunchak.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.RawSocket;
import io.sunchak.server.testing.ServerExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who asks too much hears so, in the short way and in the long one. */
@ExtendWith(ServerExtension.class)
class LimitsIT {

  @Test
  void a_user_who_presses_like_mad_is_told_to_wait_and_no_other(EmbeddedEngines engines) {
    try (LiveServer server =
        LiveServer.start(
            engines,
            Map.of("sunchak.limits.user-burst", "5", "sunchak.limits.user-per-second", "1"))) {
      Api api = new Api(server);
      api.create("mad", 100);

      api.issue("mad", "ann").is(202);
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        statuses.add(api.issue("mad", "ann").status());
      }
      assertThat(statuses).contains(429).containsOnly(200, 429);
      Answer refused = refused(api, api.server().user("ann"));
      assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"user\";q=5;w=5");
      api.issue("mad", "bob").is(202);

      String carl = server.user("carl");
      statuses.clear();
      for (int i = 0; i < 20; i++) {
        statuses.add(api.send(Call.get(Api.CAMPAIGNS + "/mad/issues/me").as(carl)).status());
      }
      assertThat(statuses).as("by the other way").contains(429).containsOnly(404, 429);
    }
  }

  private static Answer refused(Api api, String token) {
    for (int i = 0; i < 50; i++) {
      Answer answer = api.send(Call.post(Api.CAMPAIGNS + "/mad/issues").as(token));
      if (answer.status() == 429) {
        return answer.is(429, "RATE_LIMITED");
      }
    }
    throw new AssertionError("never refused");
  }

  @Test
  void an_address_counts_as_its_proxy_says_and_not_as_it_says(EmbeddedEngines engines) {
    try (LiveServer server =
        LiveServer.start(
            engines,
            Map.of(
                "sunchak.proxies", "127.0.0.1",
                "sunchak.limits.address-burst", "5",
                "sunchak.limits.address-per-second", "1"))) {
      Api api = new Api(server);

      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String madeUp = "9.9.9." + i + ", 203.0.113.9";
        statuses.add(view(api, madeUp).status());
      }
      assertThat(statuses).contains(429).containsOnly(200, 429);
      assertThat(view(api, "203.0.113.10").status()).isEqualTo(200);

      Call issue =
          Call.post(Api.CAMPAIGNS + "/none/issues").with("X-Forwarded-For", "203.0.113.11");
      statuses.clear();
      for (int i = 0; i < 20; i++) {
        statuses.add(api.send(issue).status());
      }
      assertThat(statuses).as("before its token").contains(429).containsOnly(401, 429);
    }
  }

  private static Answer view(Api api, String from) {
    return api.send(Call.get("/api/v1/campaigns?limit=1").with("X-Forwarded-For", from));
  }

  /** What drives load from this machine, a drop or the bench, is a crowd behind one address. */
  @Test
  void by_default_this_machine_is_not_limited_whatever_it_writes(Api api) {
    for (int i = 0; i < 1_000; i++) {
      api.send(Call.get("/api/v1/demo").with("X-Forwarded-For", "203.0.113.9"))
          .is(404, "NOT_FOUND");
    }
  }

  @Test
  void a_connection_too_many_is_told_so_and_closed(EmbeddedEngines engines) throws Exception {
    try (LiveServer server = LiveServer.start(engines, Map.of("sunchak.limits.connections", "2"))) {
      try (RawSocket first = new RawSocket(server);
          RawSocket second = new RawSocket(server)) {
        assertThat(ask(first)).startsWith("HTTP/1.1 404");
        assertThat(ask(second)).startsWith("HTTP/1.1 404");
        try (RawSocket third = new RawSocket(server)) {
          assertThat(third.untilClosed())
              .startsWith("HTTP/1.1 503 ")
              .contains("OVERLOADED", "Retry-After: ", "application/problem+json");
        }
        assertThat(ask(first)).startsWith("HTTP/1.1 404");
      }
    }
  }

  private static String ask(RawSocket socket) throws Exception {
    return socket.say("GET /api/v1/demo HTTP/1.1\r\nHost: a\r\n\r\n").until("}");
  }
}
