package io.sunchak.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sunchak.core.CampaignId;
import io.sunchak.embedded.directory.Secrets;
import io.sunchak.server.endtoend.BothSides;
import io.sunchak.server.endtoend.RunClassPath;
import io.sunchak.server.endtoend.RunningStart;
import io.sunchak.server.testing.Findings;
import io.sunchak.server.testing.Poison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./sunchak start}, with its demo, its drop button and a webhook for its alarms, as a
 * process of its own on a data directory of its own.
 */
final class Shop implements AutoCloseable {
  /** For a drop, its judge included. */
  static final Duration DROP = Duration.ofSeconds(60);

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration HOUR = Duration.ofHours(1);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final RunningStart start;
  private final HttpServer webhook;
  private final List<String> alarms;

  private Shop(RunningStart start, HttpServer webhook, List<String> alarms) {
    this.start = start;
    this.webhook = webhook;
    this.alarms = alarms;
  }

  static Shop open() {
    try {
      Path home = Path.of("target/pages/shop").toAbsolutePath();
      delete(home);
      Files.createDirectories(home);
      Path drop = dropCommand(home.resolve("sunchak"));
      return open(Map.of(), told -> RunningStart.demo(home.resolve("data"), drop, told));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A node without the demo, on engines that outlive it. */
  static Shop on(Path data, List<String> engines, Map<String, String> environment)
      throws IOException {
    return open(environment, told -> RunningStart.on(data, engines, told));
  }

  /** With a webhook for its alarms, which {@code start} gets to be told. */
  private static Shop open(
      Map<String, String> environment, Function<Map<String, String>, RunningStart> start)
      throws IOException {
    List<String> alarms = new CopyOnWriteArrayList<>();
    HttpServer webhook = webhook(alarms);
    Map<String, String> told = new HashMap<>(environment);
    told.put("SUNCHAK_ALARM_URL", "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook");
    told.put("SUNCHAK_ALARM_PAUSE", "10ms");
    return new Shop(start.apply(told).awaitReady(), webhook, alarms);
  }

  /** What the last run left to be looked at. */
  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static HttpServer webhook(List<String> alarms) throws IOException {
    HttpServer webhook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/hook",
        exchange -> {
          alarms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    webhook.start();
    return webhook;
  }

  /** {@code ./sunchak drop} of this build: the script itself would build what is stale. */
  private static Path dropCommand(Path file) throws IOException {
    Files.writeString(
        file,
        """
        #!/bin/sh
        shift
        exec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' io.sunchak.load.DropMain "$@"
        """
            .formatted(System.getProperty("java.home"), RunClassPath.text()));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** The same again, on what it has kept. */
  void startAgain() throws InterruptedException {
    start.again();
  }

  /** SIGTERM; returns when it has ended. */
  void stop() throws InterruptedException {
    start.process().terminate();
    assertThat(start.process().exitCode(Duration.ofSeconds(30))).isZero();
  }

  /** SIGKILL. */
  void kill() {
    start.process().kill();
  }

  URI url() {
    return start.url();
  }

  String admin() {
    return start.signer().sign("mina", true, HOUR);
  }

  String user(String id) {
    return start.signer().sign(id, false, HOUR);
  }

  /** What the webhook was sent. */
  List<String> alarms() {
    return alarms;
  }

  /** The engines, seen past the server. */
  BothSides bothSides() throws IOException {
    return BothSides.of(start.data());
  }

  /** The ledger refuses such users of the campaign until this is closed. */
  Poison poison(String campaign, String users) throws IOException {
    return Poison.of(
        BothSides.jdbcUrl(start.data()),
        "postgres",
        Secrets.read(start.data()).postgresPassword(),
        new CampaignId(campaign),
        users);
  }

  /** Writes what a repair would have found. */
  Findings findings() throws IOException {
    return new Findings(
        BothSides.jdbcUrl(start.data()), "postgres", Secrets.read(start.data()).postgresPassword());
  }

  /** Creates a campaign that is open. */
  void create(String id, String name, int stock) {
    create(id, name, stock, Instant.now().minusSeconds(60));
  }

  /** Creates a campaign that is open, with fields beyond the needed ones. */
  void create(String id, String name, int stock, Map<String, ?> more) {
    create(id, name, stock, Instant.now().minusSeconds(60), more);
  }

  void create(String id, String name, int stock, Instant opens) {
    create(id, name, stock, opens, Map.of());
  }

  private void create(String id, String name, int stock, Instant opens, Map<String, ?> more) {
    Instant opensAt = opens.truncatedTo(ChronoUnit.MILLIS);
    Map<String, Object> fields = new HashMap<>(more);
    fields.put("id", id);
    fields.put("name", name);
    fields.put("totalStock", stock);
    fields.put("opensAt", opensAt.toString());
    fields.put("closesAt", opensAt.plus(Duration.ofDays(30)).toString());
    send("POST", "/api/v1/admin/campaigns", admin(), JSON.writeValueAsString(fields), 201);
  }

  JsonNode campaign(String id) {
    return read("/api/v1/admin/campaigns/" + id);
  }

  /** What an admin is answered to a GET. */
  JsonNode read(String path) {
    return send("GET", path, admin(), "", 200);
  }

  /** The user presses the button. */
  JsonNode issue(String campaign, String user) {
    return send("POST", "/api/v1/campaigns/" + campaign + "/issues", user(user), "", 202);
  }

  /** What a user is told of their own coupon. */
  JsonNode mine(String campaign, String user) {
    return send("GET", "/api/v1/campaigns/" + campaign + "/issues/me", user(user), "", 200);
  }

  /** The coupon is used for an order. */
  JsonNode redeem(String code, String order) {
    String body = JSON.writeValueAsString(Map.of("code", code, "orderId", order));
    return send("POST", "/api/v1/redemptions", admin(), body, 201);
  }

  /** The user presses the button in vain. */
  void refused(String campaign, String user) {
    send("POST", "/api/v1/campaigns/" + campaign + "/issues", user(user), "", 409);
  }

  private JsonNode send(String method, String path, String token, String body, int expected) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer::body).isEqualTo(expected);
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    start.close();
    webhook.stop(0);
  }
}
