package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.Poison;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Two servers archive what is over, by the clock. One campaign has a failure that nobody settled.
 */
@Timeout(300)
class ArchiveByClockIT {
  private static final int CAMPAIGNS = 35;
  private static final Duration OPEN = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Map<String, String> AT_ONCE = Map.of("sunchak.archive-after", "PT0S");

  @AutoClose private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));

  @AutoClose
  private final EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());

  @Test
  void each_campaign_is_archived_once_and_what_waits_is_counted() {
    List<String> ids = IntStream.range(0, CAMPAIGNS).mapToObj(i -> "by-clock-" + i).toList();
    try (LiveServer before = LiveServer.start(engines);
        Poison _ = Poison.of(engines, new CampaignId("waits"), "bad%")) {
      Api api = new Api(before);
      Instant end = Instant.now().plus(OPEN);
      for (String id : ids) {
        api.create(id, 10, "2020-01-01T00:00:00Z", end.toString());
        api.issue(id, "u1").is(202);
      }
      api.create("waits", 10, "2020-01-01T00:00:00Z", end.toString());
      api.issue("waits", "bad").is(202);
      api.create("open", 10);
      await().atMost(PATIENCE).until(() -> state(api, "waits").equals("CLOSED"));
      await()
          .untilAsserted(() ->
              assertThat(api.admin(Call.get("/api/v1/admin/failures")).json().path("items"))
                  .hasSize(1));
      assertThat(ids).allMatch(id -> state(api, id).equals("CLOSED"));
    }
    try (LiveServer one = LiveServer.start(engines, AT_ONCE);
        LiveServer other = LiveServer.start(engines, AT_ONCE)) {
      Api api = new Api(one);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(ids).allMatch(id -> state(api, id).equals("ARCHIVED")));
      for (String id : ids) {
        new Api(other).issue(id, "u1").is(200);
        assertThat(archivings(api, id)).containsExactly("sunchak by the clock");
      }
      assertThat(state(api, "waits")).isEqualTo("CLOSED");
      assertThat(state(api, "open")).isEqualTo("OPEN");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(api.admin(Call.get("/actuator/prometheus")).is(200).text())
                  .contains("sunchak_archive_waiting 1.0"));
    }
  }

  private static String state(Api api, String id) {
    return api.campaign(id).path("state").asString();
  }

  private static List<String> archivings(Api api, String id) {
    JsonNode items =
        api.admin(Call.get("/api/v1/admin/audit?campaign=" + id)).is(200).json().path("items");
    return items
        .valueStream()
        .filter(act -> act.path("action").asString().equals("CAMPAIGN_ARCHIVED"))
        .map(act -> act.path("actor").asString())
        .toList();
  }
}
