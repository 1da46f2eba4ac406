package io.sunchak.server.http.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.core.CampaignId;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.ledger.failures.JdbcFailureLedger;
import io.sunchak.server.campaigns.Discards;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.DocsTable;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.Poison;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Who has a number hears the same on every call and at every node, as the table in {@code
 * docs/api.md} promises it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldersByStateIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String USER = "holder";

  private final DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
  private final EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults());
  private final LiveServer one = LiveServer.start(engines);
  private final LiveServer other = LiveServer.start(engines);
  private final Api api = new Api(one);

  @AfterAll
  void stop() {
    other.close();
    one.close();
    engines.close();
    data.close();
  }

  static Stream<List<String>> rows() {
    return DocsTable.readBy(HoldersByStateIT.class).rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hears_the_same_everywhere(List<String> row) throws SQLException {
    String id = "held-" + Integer.toHexString(row.getFirst().hashCode());
    api.create(id, 5);
    try (var _ = poison(id, row.getFirst());
        var _ = blockedDrain(row.getFirst())) {
      api.issue(id, USER).is(202);
      awaitOutcome(id, row.getFirst().contains("failure") ? "FAILED" : row.get(3));
      if (row.getFirst().endsWith("discarded")) {
        discard(id);
      }
      for (LiveServer node : List.of(one, other)) {
        Api there = new Api(node);
        await(row.get(1))
            .atMost(PATIENCE)
            .until(() -> said(there.issue(id, USER)), row.get(1)::equals);
        assertThat(said(there.mine(id, USER))).isEqualTo(row.get(2));
        assertThat(outcome(there, id)).isEqualTo(row.get(3));
      }
    }
  }

  /** At the node where it was given up it is so when that was answered. */
  @Test
  void a_discard_is_heard_at_once_where_it_was_made() {
    String id = "held-at-once";
    api.create(id, 5);
    try (var _ = Poison.of(engines, new CampaignId(id), USER)) {
      api.issue(id, USER).is(202);
      awaitOutcome(id, "FAILED");
      discard(id);
      api.issue(id, USER).is(409, "DISCARDED");
    }
  }

  /** A node that starts later knows it before it serves anybody. */
  @Test
  void a_discard_is_known_to_a_node_that_starts_afterwards() {
    String id = "held-before";
    api.create(id, 5);
    try (var _ = Poison.of(engines, new CampaignId(id), USER)) {
      api.issue(id, USER).is(202);
      awaitOutcome(id, "FAILED");
      discard(id);
    }
    try (LiveServer later = LiveServer.start(engines)) {
      Api there = new Api(later);
      await().atMost(PATIENCE).until(() -> there.issue(id, "another").status() == 202);
      there.issue(id, USER).is(409, "DISCARDED");
    }
  }

  /** A server that keeps one discarded number, and leaves the others to the ledger. */
  @Configuration(proxyBeanMethods = false)
  static class Forgetful {
    @Bean
    Discards discards(JdbcFailureLedger failures) {
      return new Discards(Discards.Source.of(failures), 1, LoopListener.NONE);
    }
  }

  @Test
  void the_number_of_discards_changes_no_answer() {
    String id = "held-many";
    List<String> users = List.of("a", "b", "c", "fine");
    api.create(id, 5);
    try (var _ = Poison.of(engines, new CampaignId(id), "_")) {
      users.forEach(user -> api.issue(id, user).is(202));
      await().atMost(PATIENCE).until(() -> said(api.mine(id, "fine")), "200 ISSUED"::equals);
      List.of(1, 2, 3).forEach(number -> discard(id, number));
    }
    try (LiveServer later = LiveServer.start(engines, Map.of(), Forgetful.class)) {
      Api there = new Api(later);
      await().atMost(PATIENCE).until(() -> there.issue(id, "fine").status() == 200);
      assertThat(users)
          .extracting(user -> said(there.issue(id, user)))
          .containsExactly("409 DISCARDED", "409 DISCARDED", "409 DISCARDED", "200 ACCEPTED");
    }
  }

  private void discard(String id) {
    discard(id, 1);
  }

  private void discard(String id, long number) {
    Call discard = Call.post("/api/v1/admin/failures/" + id + ":" + number + "/discard");
    api.admin(discard.json(Map.of("reason", "a test"))).is(200);
  }

  /** Holds what every batch must move, where the number is to stay in the log. */
  private @Nullable Connection blockedDrain(String state) throws SQLException {
    if (!state.equals("in the log")) {
      return null;
    }
    Connection session =
        DriverManager.getConnection(
            engines.jdbcUrl(), engines.postgresOwner().user(), engines.postgresOwner().password());
    session.setAutoCommit(false);
    session.createStatement().execute("LOCK TABLE coupon IN SHARE MODE");
    return session;
  }

  private Poison poison(String id, String state) {
    return Poison.of(
        engines, new CampaignId(id), state.contains("failure") ? USER : "nobody-of-this-name");
  }

  private static String said(Answer answer) {
    String word = answer.json().path(answer.status() == 200 ? "state" : "code").asString();
    return answer.status() + " " + word;
  }

  private static String outcome(Api there, String id) {
    String path = Api.ADMIN + "/" + id + "/users/" + USER;
    return there.admin(Call.get(path)).is(200).json().path("outcome").asString();
  }

  private void awaitOutcome(String id, String outcome) {
    await().atMost(PATIENCE).until(() -> outcome(api, id), outcome::equals);
  }
}
