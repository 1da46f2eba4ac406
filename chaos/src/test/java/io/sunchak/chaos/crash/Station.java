package io.sunchak.chaos.crash;

import io.lettuce.core.RedisClient;
import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.cluster.EnginePair;
import io.sunchak.chaos.cluster.ServerChild;
import io.sunchak.core.CampaignId;
import io.sunchak.embedded.postgres.EmbeddedPostgres;
import io.sunchak.load.Answer;
import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two engines and one server, with a {@link Trap} on every way between them and to the users. */
final class Station implements AutoCloseable {
  private static final Path SCRIPTS = Path.of("../admission/src/main/resources/lua");
  private static final Duration STARTED = Duration.ofMinutes(5);
  private static final Duration CALL = Duration.ofSeconds(10);

  /** A start is short with the quick compiler alone, and a case is mostly a start. */
  private static final String JVM = "-Xms128m -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /** Rows that the ledger refuses while a test wants it. */
  private static final String REFUSALS =
      """
      CREATE TABLE refusal (campaign_id text, users text, code text);
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      DECLARE found text;
      BEGIN
        SELECT code INTO found FROM public.refusal
        WHERE campaign_id = NEW.campaign_id AND NEW.user_id LIKE users;
        IF found IS NOT NULL THEN RAISE EXCEPTION 'refused by the test' USING ERRCODE = found; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON coupon FOR EACH ROW EXECUTE FUNCTION refuse()
      """;

  private final Trap trap = new Trap();
  private final EnginePair engines;
  private final StepProxy redis;
  private final StepProxy postgres;
  private final StepProxy users;
  private final ServerChild server;

  private Station(Path folder) throws IOException {
    Map<String, String> scripts = RedisWire.scripts(SCRIPTS);
    engines = new EnginePair(folder);
    redis = new StepProxy(engines.redis().port(), trap, () -> new RedisWire(scripts));
    postgres = new StepProxy(engines.postgres().port(), trap, PostgresWire::new);
    Cluster.Plan plan = new Cluster.Plan(Path.of("../sunchak").toRealPath(), JVM);
    server = engines.server(0, plan, redis.port(), postgres.port());
    users = new StepProxy(server.url().getPort(), trap, HttpWire::new);
  }

  /** Starts all, and returns when the server is ready. */
  static Station start(Path folder) throws IOException, InterruptedException, SQLException {
    Station station = new Station(folder);
    try {
      long deadline = System.nanoTime() + STARTED.toNanos();
      station.engines.redis().bring(deadline);
      station.engines.postgres().bring(deadline);
      station.server.bring(deadline);
      station.sql(REFUSALS);
      return station;
    } catch (RuntimeException | InterruptedException | SQLException e) {
      station.close();
      throw e;
    }
  }

  Trap trap() {
    return trap;
  }

  EnginePair engines() {
    return engines;
  }

  /** For users; the server dies at their answers, too. */
  URI url() {
    return URI.create("http://127.0.0.1:" + users.port());
  }

  /** {@code kill -9}; what it had sent and what was on its way is gone. */
  void killServer() throws InterruptedException {
    server.killAndWait();
    redis.cut();
    postgres.cut();
    users.cut();
    trap.open();
  }

  void startServer() throws InterruptedException {
    server.bring(System.nanoTime() + STARTED.toNanos());
  }

  /** As the administrator. */
  Answer ask(String method, String path, @Nullable String body) {
    String token = engines.signer().sign("admin", true, Duration.ofHours(1));
    try (ApiClient client = new ApiClient(server.url(), 1, CALL)) {
      return client.send(new HttpCall(method, "/api/v1/admin/" + path, token, body)).join();
    }
  }

  /** From now on the ledger refuses these users of the campaign, a LIKE pattern, with this code. */
  void refuse(CampaignId campaign, String users, String code) throws SQLException {
    sql("INSERT INTO refusal VALUES ('%s', '%s', '%s')".formatted(campaign, users, code));
  }

  void refuseNobody() throws SQLException {
    sql("DELETE FROM refusal");
  }

  /** Deletes the campaign's facts in Redis, as no user of the server may; holders and log stay. */
  void loseFacts(CampaignId campaign) {
    try (RedisClient client = RedisClient.create(engines.redisUri())) {
      client.connect().sync().del("{c:" + campaign + "}:meta");
    }
  }

  private void sql(String text) throws SQLException {
    try (Connection root =
            DriverManager.getConnection(
                engines.jdbcUrl(), EmbeddedPostgres.USER, engines.postgresPassword());
        Statement statement = root.createStatement()) {
      statement.execute(text);
    }
  }

  @Override
  public void close() {
    server.close();
    users.close();
    redis.close();
    postgres.close();
    engines.close();
  }
}
