package io.sunchak.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sunchak.bench.result.Figures;
import io.sunchak.bench.result.Machine;
import io.sunchak.bench.result.Run;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Coupon;
import io.sunchak.core.Stock;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Endpoint;
import io.sunchak.load.generator.Load;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.Shots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A server that issues rightly but for one planted fault, under the bench's own load, recording and
 * judge: each fault must turn the run red and take its speed away.
 */
class PlantedFaultIT {
  private static final CampaignId CAMPAIGN = new CampaignId("planted");
  private static final int STOCK = 60;
  private static final int USERS = 200;
  private static final int SPECIAL = 30;

  private final List<Coupon> rows = new ArrayList<>();
  private final LoadGenerator generator = new LoadGenerator(1);
  private final HttpServer server;
  private Fault fault = Fault.NONE;
  private int issued;

  private enum Fault {
    NONE,
    OVERSELL,
    DUPLICATE,
    LOSS,
    REORDERING,
    PHANTOM
  }

  PlantedFaultIT() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::issue);
    server.start(); // answers one after the other
  }

  @AfterEach
  void stop() {
    generator.close();
    server.stop(0);
  }

  @Test
  void without_a_fault_the_run_is_clean_and_has_its_speed() throws InterruptedException {
    Run run = run(Fault.NONE);
    assertThat(run.violations()).isEmpty();
    assertThat(run.judge()).isEqualTo("ok");
    assertThat(run.accepted()).isEqualTo(STOCK);
    assertThat(run.figures().speeds().acceptedPerSecond()).isPositive();
    assertThat(run.latencyMs()).containsKeys("accepted", "refused");
  }

  @Test
  void an_oversell_turns_it_red() throws InterruptedException {
    assertRed(run(Fault.OVERSELL), "I1", "61 rows of 60");
  }

  @Test
  void a_duplicate_turns_it_red() throws InterruptedException {
    assertRed(run(Fault.DUPLICATE), "I2", "two users");
  }

  @Test
  void a_loss_turns_it_red() throws InterruptedException {
    assertRed(run(Fault.LOSS), "I3", "the ledger has nothing");
  }

  @Test
  void a_reordering_turns_it_red() throws InterruptedException {
    assertRed(run(Fault.REORDERING), "I5", "");
  }

  @Test
  void a_row_that_nobody_asked_for_turns_it_red() throws InterruptedException {
    assertRed(run(Fault.PHANTOM), "I4", "stranger");
  }

  private static void assertRed(Run run, String invariant, String evidence) {
    assertThat(run.judge()).isEqualTo("violated");
    assertThat(run.violations())
        .anySatisfy(violation -> assertThat(violation).startsWith(invariant).contains(evidence));
    assertThat(run.figures().speeds().acceptedPerSecond()).isNull();
    assertThat(run.figures().speeds().refusedPerSecond()).isNull();
    assertThat(run.figures().speeds().p99Ms()).isNull();
    assertThat(run.latencyMs()).isEmpty();
    assertThat(run.figures().count().coupons()).isNotNull();
  }

  private synchronized void issue(HttpExchange exchange) throws IOException {
    String user = exchange.getRequestHeaders().getFirst("X-User-Id");
    int stock = fault == Fault.OVERSELL ? STOCK + 1 : STOCK;
    if (issued >= stock) {
      reply(exchange, 409, "{\"code\":\"SOLD_OUT\"}");
      return;
    }
    int sequence = number(++issued);
    if (fault != Fault.LOSS || sequence != SPECIAL) {
      rows.add(row(sequence, user));
    }
    reply(exchange, 202, "{\"sequence\":" + sequence + "}");
  }

  /** Which number the n-th who came is given. */
  private int number(int n) {
    return switch (fault) {
      case DUPLICATE -> n == SPECIAL ? SPECIAL - 1 : n;
      case REORDERING -> n == 1 ? STOCK : n == STOCK ? 1 : n;
      case NONE, OVERSELL, LOSS, PHANTOM -> n;
    };
  }

  private static Coupon row(int sequence, String user) {
    return new Coupon(CAMPAIGN, sequence, user, Instant.now(), Instant.now());
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** One connection for one order of arrival. */
  private Run run(Fault planted) throws InterruptedException {
    fault = planted;
    Credentials users = Credentials.names("u", USERS);
    Load load =
        new Load(
            List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
            List.of(Endpoint.issue(CAMPAIGN)),
            users,
            Shots.rounds(0, USERS, 1),
            null,
            1,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
    Tally tally = new Tally(generator.run(load));
    if (fault == Fault.PHANTOM) {
      rows.set(SPECIAL, row(SPECIAL + 1, "stranger"));
    }
    Judged judged = Judged.of(tally.history(0, CAMPAIGN, users), rows, List.of(), Stock.of(STOCK));
    return record(tally).judged(judged.verdict());
  }

  private Run record(Tally tally) {
    Figures figures =
        Figures.NONE.with(tally.speeds()).with(new Figures.Count((long) rows.size(), (long) STOCK));
    Run.Circumstances circumstances =
        new Run.Circumstances("c", "now", Machine.here(), Map.of(), 1, 0, 1, 1);
    return new Run(
        "V6",
        "planted",
        null,
        1,
        circumstances,
        tally.accepted(),
        0,
        tally.refused(),
        0,
        figures,
        tally.latencies(),
        List.of(),
        "none",
        List.of());
  }
}
