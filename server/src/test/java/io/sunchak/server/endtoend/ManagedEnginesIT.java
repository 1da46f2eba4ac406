package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.embedded.testing.Certificates;
import io.sunchak.embedded.testing.TlsPostgres;
import io.sunchak.load.ApiClient;
import io.sunchak.server.endtoend.LosableRedis.Loss;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/**
 * A campaign's life on engines as a service rents them: TLS alone, a Redis that does not show its
 * settings, and on both sides a user with the rights of docs/operations.md and no other.
 */
class ManagedEnginesIT {
  private static final int USERS = 300;
  private static final int STOCK = 200;
  private static final String PASSWORD = "redis-password-for-this-test";

  @Test
  void a_campaign_lives_from_its_first_issue_to_its_close() throws Exception {
    Path home = Files.createTempDirectory(Path.of("target"), "managed-");
    Certificates certificates = Certificates.in(home);
    int tls = LoopbackPorts.free();
    List<String> redisSettings = new ArrayList<>(certificates.redis(tls));
    redisSettings.addAll(documentedUser());
    try (DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
        EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
        LosableRedis redis = new LosableRedis(engines, home, redisSettings);
        TlsPostgres _ = TlsPostgres.only(engines, certificates);
        LiveServer server = LiveServer.start(engines, settings(engines, certificates, tls));
        BothSides sides =
            BothSides.of(engines, redis.uri(), engines.jdbcUrl() + "?sslmode=require");
        ApiClient client = new ApiClient(server.url(), 32, Duration.ofSeconds(60))) {
      Api api = new Api(server);
      patiently().until(() -> api.get("/actuator/health/readiness").status() == 200);
      assertSaidToBeDeclared(api);

      Campaign campaign = Campaigns.open(STOCK);
      String id = campaign.id().value();
      Crowd crowd = new Crowd(campaign, server.signer(), List.of(client)).open();
      crowd.press(1, USERS).get(120, TimeUnit.SECONDS);
      crowd.assertPromiseKept(sides, "first");
      assertThat(crowd.answers()).containsKey("409 Refused[code=SOLD_OUT]");

      redis.lose(Loss.FLUSHED);
      crowd.press(1, USERS).get(120, TimeUnit.SECONDS);
      crowd.assertPromiseKept(sides, "flushed");
      assertThat(compared(api, id)).contains("AGREES").doesNotContain("DRIFT");

      api.ask("close", id).is(200);
      patiently().until(() -> api.issue(id, "late").status() == 409);
      assertThat(crowd.assertPromiseKept(sides, "closed").rows()).hasSize(STOCK);
    }
  }

  private static void assertSaidToBeDeclared(Api api) {
    assertThat(
            api.get("/actuator/health/readiness")
                .json()
                .at("/components/admission/details/durability")
                .asString())
        .isEqualTo("fsync-always: declared, not verified");
    assertThat(api.admin(Call.get("/actuator/prometheus")).is(200).text())
        .contains("sunchak_redis_declared 1.0");
  }

  private static String compared(Api api, String campaign) {
    String all = "/api/v1/admin/reconciliations";
    String run =
        api.admin(Call.post(all).json(Map.of("campaignId", campaign)))
            .is(202)
            .json()
            .path("runId")
            .asString();
    Call look = Call.get(all + "/" + run);
    patiently().until(() -> api.admin(look).is(200).text().contains("\"DONE\""));
    return api.admin(look).text();
  }

  private static Map<String, String> settings(
      EmbeddedEngines engines, Certificates certificates, int tls) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "sunchak.redis.url",
        "rediss://sunchak:%s@127.0.0.1:%d?ca=%s".formatted(PASSWORD, tls, certificates.ca()));
    settings.put("sunchak.redis.durability", "fsync-always");
    settings.put(
        "sunchak.postgres.url",
        engines.jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + certificates.ca());
    return settings;
  }

  /** The line of the documentation, without the right to see the settings. */
  private static List<String> documentedUser() throws IOException {
    String line =
        Files.readAllLines(Path.of("..", "docs", "operations.md")).stream()
            .filter(one -> one.startsWith("user sunchak on "))
            .findFirst()
            .orElseThrow()
            .replace("PASSWORD", PASSWORD)
            .replace(" +config|get", "");
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.set(0, "--user");
    return words;
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
