package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.testing.FaultProxy;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a node says of itself while an engine is away or unsafe. */
@ExtendWith(ServerExtension.class)
class EnginesAwayIT {
  private static final String READINESS = "/actuator/health/readiness";

  @Test
  void readiness_follows_redis_and_not_postgresql(EmbeddedEngines engines) {
    try (FaultProxy redis = new FaultProxy(engines.redis().port());
        FaultProxy postgres = new FaultProxy(engines.postgres().port());
        LiveServer server =
            LiveServer.start(
                engines,
                Map.of(
                    "sunchak.redis.url",
                    elsewhere(engines.redisServerUri(), engines.redis().port(), redis),
                    "sunchak.postgres.url",
                    elsewhere(engines.jdbcUrl(), engines.postgres().port(), postgres)))) {
      Api api = new Api(server);
      patiently().until(() -> api.get(READINESS).status() == 200);
      api.create("engines-away", 10);

      postgres.down();
      patiently().until(() -> status(api, "/actuator/health", "ledger").equals("UNKNOWN"));
      api.get(READINESS).is(200);
      api.issue("engines-away", "u1").is(202);
      api.get("/api/v1/campaigns/engines-away").is(503, "LEDGER_DOWN");
      postgres.up();
      patiently().until(() -> status(api, "/actuator/health", "ledger").equals("UP"));
      patiently().until(() -> api.get("/api/v1/campaigns/engines-away").status() == 200);

      redis.down();
      patiently().until(() -> api.get(READINESS).status() == 503);
      assertThat(reason(api.get(READINESS))).contains("Redis is not connected");
      api.issue("engines-away", "u2").is(503, "REDIS_DOWN");
      api.get("/actuator/health/liveness").is(200);
      api.get("/api/v1/campaigns/engines-away").is(200);
      redis.up();
      patiently().until(() -> api.get(READINESS).status() == 200);
      patiently().until(() -> api.issue("engines-away", "u2").status() == 202);
      assertThat(api.issue("engines-away", "u1").is(200).json().path("sequence").asLong())
          .isEqualTo(1);
    }
  }

  @Test
  void an_unsafe_redis_keeps_the_node_out_of_service_and_is_named() {
    try (DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
        EmbeddedEngines unsafe =
            EmbeddedEngines.start(
                data, EngineOptions.defaults().with(EngineOptions.Durability.OFF));
        LiveServer server = LiveServer.start(unsafe)) {
      Api api = new Api(server);

      patiently().until(() -> reason(api.get(READINESS).is(503)).startsWith("Redis: "));

      assertThat(reason(api.get(READINESS).is(503)))
          .matches("Redis: [a-z-]+ is \\S+ and must be \\S+");
      api.get("/actuator/health/liveness").is(200);
    }
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private static String elsewhere(String url, int port, FaultProxy proxy) {
    return url.replace(":" + port, ":" + proxy.port());
  }

  private static String status(Api api, String path, String component) {
    return api.get(path).json().path("components").path(component).path("status").asString();
  }

  private static String reason(Answer answer) {
    JsonNode admission = answer.json().path("components").path("admission");
    return admission.path("details").path("reason").asString("");
  }
}
