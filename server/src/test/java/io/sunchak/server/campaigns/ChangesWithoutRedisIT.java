package io.sunchak.server.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.FaultProxy;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an operator is told while Redis is away: yes only to what needs no Redis. */
@ExtendWith(ServerExtension.class)
class ChangesWithoutRedisIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger NUMBER = new AtomicInteger();
  @AutoClose private static FaultProxy redis;
  @AutoClose private static LiveServer server;
  private static Api api;

  private final String id = "no-redis-" + NUMBER.incrementAndGet();

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    redis = new FaultProxy(engines.redis().port());
    String url = engines.redisServerUri().replace(":" + engines.redis().port(), ":" + redis.port());
    server = LiveServer.start(engines, Map.of("sunchak.redis.url", url));
    api = new Api(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"totalStock", "opensAt", "closesAt", "pause", "close"})
  void a_narrowing_is_refused_and_leaves_no_trace(String what) {
    givenOneOfFive();
    JsonNode before = shown();
    int acts = acts();
    redis.down();
    try {
      awaitRedisIsMissed();
      Answer answer =
          switch (what) {
            case "totalStock" -> api.patch(id, Map.of(what, 2));
            case "opensAt", "closesAt" -> api.patch(id, Map.of(what, "2097-01-01T00:00:00Z"));
            default -> api.ask(what, id);
          };
      answer.is(503, "REDIS_DOWN");
    } finally {
      redis.up();
    }
    await().atMost(PATIENCE).until(() -> api.issue(id, "other").status() == 202);
    ObjectNode expected = ((ObjectNode) before.deepCopy()).put("issued", 2).put("remaining", 3);
    assertThat(shown()).isEqualTo(expected);
    assertThat(acts()).isEqualTo(acts);
  }

  /** Seen before: 202, and 165 more coupons than the view's stock. */
  @Test
  void a_widening_waits_in_the_ledger_until_redis_is_back() {
    givenOneOfFive();
    redis.down();
    try {
      awaitRedisIsMissed();
      api.patch(id, Map.of("totalStock", 6, "name", "More")).is(202);
    } finally {
      redis.up();
    }
    for (int i = 2; i <= 6; i++) {
      String user = "u" + i;
      await().atMost(PATIENCE).until(() -> api.issue(id, user).status() == 202);
    }
    await().atMost(PATIENCE).until(() -> api.issue(id, "late").status() == 409);
  }

  private void givenOneOfFive() {
    await().atMost(PATIENCE).until(() -> api.get("/actuator/health/readiness").status() == 200);
    api.create(id, 5, "2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z");
    await().atMost(PATIENCE).until(() -> api.issue(id, "u1").status() == 202);
  }

  private void awaitRedisIsMissed() {
    await().atMost(PATIENCE).until(() -> api.issue(id, "u1").status() == 503);
  }

  private JsonNode shown() {
    ObjectNode view = (ObjectNode) api.campaign(id);
    view.remove("serverTime");
    return view;
  }

  private int acts() {
    return api.admin(Call.get("/api/v1/admin/audit?campaign=" + id)).json().path("items").size();
  }
}
