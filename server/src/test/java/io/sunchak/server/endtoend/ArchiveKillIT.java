package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.CampaignState;
import io.sunchak.core.IssueWindow;
import io.sunchak.core.Stock;
import io.sunchak.core.testing.Campaigns;
import io.sunchak.embedded.directory.Secrets;
import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code kill -9} in the middle of what is archived by the clock, twice, each time within a round:
 * in the end all is archived, once, and the holders are answered from the ledger.
 */
@Timeout(600)
class ArchiveKillIT {
  private static final int CAMPAIGNS = 80;
  private static final int A_ROUND = 10;
  private static final int USERS = 3;
  private static final int KILLS = 2;
  private static final Duration OPEN = Duration.ofSeconds(30);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final IssueWindow window =
      new IssueWindow(Instant.parse("2020-01-01T00:00:00Z"), Instant.now().plus(OPEN));
  private final List<Campaign> campaigns =
      IntStream.range(0, CAMPAIGNS)
          .mapToObj(i -> Campaigns.in(window, Stock.of(USERS * 2)))
          .toList();

  @Test
  void all_is_archived_and_holders_keep_their_coupons() throws Exception {
    Path home =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/archive-kill")), "data-");
    try (RunningStart server =
        RunningStart.on(
                home.resolve("data").toAbsolutePath(),
                List.of(),
                Map.of("SUNCHAK_ARCHIVE_AFTER", "PT0S"))
            .awaitReady()) {
      issue(server);
      kill(server);
      for (int i = 1; i <= KILLS; i++) {
        server.again();
        killWithinARound(server);
      }
      server.again();
      assertArchived(server);
    }
  }

  private void issue(RunningStart server) throws Exception {
    try (ApiClient client = new ApiClient(server.url(), USERS, LIMIT);
        BothSides sides = BothSides.of(server.data())) {
      for (Campaign campaign : campaigns) {
        new Crowd(campaign, server.signer(), List.of(client))
            .open()
            .press(1, USERS)
            .get(60, TimeUnit.SECONDS);
      }
      assertThat(Instant.now()).as("all in time").isBefore(window.closesAt());
      campaigns.forEach(campaign -> sides.drained(campaign.id()));
    }
    await("the end of the window")
        .atMost(LIMIT)
        .until(() -> Instant.now().isAfter(window.closesAt()));
  }

  private void killWithinARound(RunningStart server) throws Exception {
    try (BothSides sides = BothSides.of(server.data())) {
      await("a round that is not complete")
          .atMost(LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> archived(sides) % A_ROUND != 0);
      kill(server);
    }
  }

  private static void kill(RunningStart server) throws InterruptedException {
    server.process().kill();
    server.process().exitCode(LIMIT);
  }

  private static long archived(BothSides sides) {
    return sides.campaigns().page(null, CAMPAIGNS).stream()
        .filter(campaign -> campaign.state() == CampaignState.ARCHIVED)
        .count();
  }

  private void assertArchived(RunningStart server) throws Exception {
    try (BothSides sides = BothSides.of(server.data());
        ApiClient client = new ApiClient(server.url(), USERS, LIMIT)) {
      await().atMost(LIMIT).until(() -> archived(sides) == CAMPAIGNS);
      for (Campaign campaign : campaigns) {
        CampaignId id = campaign.id();
        assertThat(status(client, server, id, "u1")).isEqualTo(200);
        assertThat(status(client, server, id, "stranger")).isEqualTo(409);
        assertThat(sides.rows(id)).hasSize(USERS);
        assertThat(sides.keyspace().isArchived(id)).isTrue();
      }
    }
    assertThat(archivings(server.data())).isEqualTo(CAMPAIGNS);
  }

  private static int status(ApiClient client, RunningStart server, CampaignId id, String user) {
    String token = server.signer().sign(user, false, Duration.ofHours(1));
    return client.send(HttpCall.post("/api/v1/campaigns/" + id + "/issues", token)).join().status();
  }

  /** Of how many campaigns the audit has exactly one. */
  private static long archivings(Path data) throws SQLException, IOException {
    try (Connection ledger =
            DriverManager.getConnection(
                BothSides.jdbcUrl(data),
                "sunchak_owner",
                Secrets.read(data).postgresOwnerPassword());
        ResultSet row =
            ledger
                .createStatement()
                .executeQuery(
                    """
                    SELECT count(*) FROM (SELECT campaign_id FROM audit WHERE action = 'CAMPAIGN_ARCHIVED'
                    GROUP BY campaign_id HAVING count(*) = 1) once
                    """)) {
      row.next();
      return row.getLong(1);
    }
  }
}
