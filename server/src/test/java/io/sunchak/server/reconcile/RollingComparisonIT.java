package io.sunchak.server.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sunchak.core.CampaignId;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.core.reconcile.Reconciliation;
import io.sunchak.core.reconcile.Reconciliation.Conclusion;
import io.sunchak.core.reconcile.Reconciliation.Report;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.observe.ManyCampaigns;
import io.sunchak.server.observe.Observation.Line;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What nobody asked for is compared all the same, so many holders a look. */
@ExtendWith(ServerExtension.class)
class RollingComparisonIT {
  private static final String ID = "rolling-00001";
  private static final int HOLDERS = 12_000;

  @Test
  void a_holder_changed_by_hand_is_found_in_its_turn_though_nothing_moved(
      LiveServer server, EmbeddedEngines engines) throws SQLException {
    Reconciliation reconciliation = server.bean(Reconciliation.class);
    Reconciliation.Ports both = server.bean(Reconciliation.Ports.class);
    Consistency consistency = consistency(server);
    CampaignId id = new CampaignId(ID);
    try (ManyCampaigns many = new ManyCampaigns(engines);
        RedisClient client = RedisClient.create(engines.redisUri());
        StatefulRedisConnection<String, String> redis = client.connect()) {
      many.create("rolling", 1, "PAUSED");
      many.give(ID, HOLDERS);
      awaitNumber(both, id, HOLDERS);

      for (int look = 0; look < 3; look++) {
        assertThat(look(consistency, both, id).conclusion()).isEqualTo(Conclusion.AGREES);
      }
      redis.sync().hset("{c:" + ID + "}:issued", "user-11999", "7");

      assertThat(look(consistency, both, id).conclusion())
          .as("1 to 5,000")
          .isEqualTo(Conclusion.AGREES);
      assertThat(look(consistency, both, id).conclusion())
          .as("to 10,000")
          .isEqualTo(Conclusion.AGREES);
      Report found = look(consistency, both, id);
      assertThat(found.conclusion()).isEqualTo(Conclusion.DRIFT);
      assertThat(found.shown())
          .containsExactly(
              new Reconciliation.Difference(
                  Reconciliation.Kind.RENUMBERED, "user-11999", 7L, 11_999L));
      assertThat(consistency.drift()).isEqualTo(1);

      redis.sync().hset("{c:" + ID + "}:issued", "user-11999", "11999");
      assertThat(reconciliation.run(id)).map(Report::conclusion).contains(Conclusion.AGREES);
    }
  }

  @Test
  void a_large_campaign_does_not_keep_a_small_one_waiting(
      LiveServer server, EmbeddedEngines engines) throws SQLException {
    Reconciliation.Ports both = server.bean(Reconciliation.Ports.class);
    Consistency consistency = consistency(server);
    CampaignId large = new CampaignId(ManyCampaigns.id("beside", 1));
    CampaignId small = new CampaignId(ManyCampaigns.id("beside", 2));
    try (ManyCampaigns many = new ManyCampaigns(engines)) {
      many.create("beside", 2, "PAUSED");
      many.give(large.value(), HOLDERS);
      many.give(small.value(), 10);
      awaitNumber(both, large, HOLDERS);
      awaitNumber(both, small, 10);

      consistency.look(List.of(line(both, large), line(both, small)));

      assertThat(consistency.of(large)).isNotNull();
      assertThat(consistency.of(small)).isNotNull();
    }
  }

  private static Consistency consistency(LiveServer server) {
    return new Consistency(
        server.bean(Reconciliation.class),
        new SimpleMeterRegistry(),
        InstantSource.system(),
        LoopListener.NONE);
  }

  private static void awaitNumber(Reconciliation.Ports both, CampaignId id, int number) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> both.keyspace().facts(id).filter(f -> f.sequence() == number).isPresent());
  }

  private static Report look(Consistency consistency, Reconciliation.Ports both, CampaignId id) {
    consistency.look(List.of(line(both, id)));
    Report report = consistency.of(id);
    if (report == null) {
      throw new AssertionError("not compared");
    }
    return report;
  }

  private static Line line(Reconciliation.Ports both, CampaignId id) {
    return both.overview().newest(Instant.EPOCH, 1_000).stream()
        .filter(summary -> summary.campaign().id().equals(id))
        .map(summary -> new Line(summary, both.keyspace().facts(id).orElse(null), 0, null, null))
        .findFirst()
        .orElseThrow();
  }
}
