package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.RawSocket;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** {@code sunchak.ack=ledger}, and a shop's own page by {@code sunchak.cors.origins}. */
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherSettingsIT {
  private static final String SHOP = "https://shop.example";

  private final LiveServer server;
  private final Api api;

  OtherSettingsIT(EmbeddedEngines engines) {
    server =
        LiveServer.start(
            engines,
            Map.of(
                "sunchak.ack", "ledger", "sunchak.cors.origins", SHOP + ",http://localhost:5173"));
    api = new Api(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** A row that is not committed within half a second is answered as before: 202. */
  @Test
  void an_issue_is_answered_when_its_row_is_committed() {
    api.create("acknowledged", null);
    api.patch("acknowledged", Map.of("codes", "GENERATED")).is(200);
    AtomicInteger tries = new AtomicInteger();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> issuesWithItsRow("u" + tries.incrementAndGet()));
  }

  private boolean issuesWithItsRow(String user) {
    Answer answer = api.issue("acknowledged", user);
    if (answer.status() == 202) {
      assertThat(answer.json().has("code")).as("no row is known yet").isFalse();
      return false;
    }
    assertThat(answer.is(201).json().path("state").asString()).isEqualTo("ISSUED");
    JsonNode row = api.mine("acknowledged", user).is(200).json();
    assertThat(row.path("state").asString()).isEqualTo("ISSUED");
    assertThat(row.path("sequence")).isEqualTo(answer.json().path("sequence"));
    assertThat(row.path("code").asString()).hasSize(20);
    assertThat(answer.json().path("code")).isEqualTo(row.path("code"));
    api.issue("acknowledged", user).is(200);
    return true;
  }

  @Test
  void a_page_of_an_allowed_origin_may_read_every_answer() {
    api.create("read-by-a-page", 1);
    Call issue = Call.post("/api/v1/campaigns/read-by-a-page/issues").as(server.user("u1"));

    assertThat(api.send(issue.with("Origin", SHOP))).satisfies(OtherSettingsIT::mayRead);
    mayRead(api.send(issue.with("Origin", SHOP)).is(200));
    mayRead(api.send(Call.get(Api.CAMPAIGNS).with("Origin", SHOP)).is(200));
    mayRead(api.send(Call.get(Api.ADMIN).with("Origin", SHOP)).is(401));
    mayRead(api.admin(Call.get("/nothing").with("Origin", SHOP)).is(404));
  }

  @Test
  void a_page_of_another_origin_may_not() {
    for (String origin :
        new String[] {
          "https://evil.example", "https://shop.example.evil.example", "null", SHOP + ":8443"
        }) {
      Answer answer = api.send(Call.get(Api.CAMPAIGNS).with("Origin", origin)).is(200);

      assertThat(answer.header("Access-Control-Allow-Origin")).as(origin).isNull();
      assertThat(answer.header("Vary")).contains("Origin");
    }
  }

  @Test
  void a_browser_is_told_what_an_allowed_page_may_send() {
    Answer told = api.send(preflight(SHOP)).is(204);

    mayRead(told);
    assertThat(told.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST, PATCH");
    assertThat(told.header("Access-Control-Allow-Headers")).contains("Authorization", "If-Match");
    assertThat(told.header("Access-Control-Allow-Credentials")).isNull();
  }

  @Test
  void a_browser_is_told_nothing_for_another_page() {
    Answer told = api.send(preflight("https://evil.example")).is(401);

    assertThat(told.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
  }

  @Test
  void pipelined_answers_are_each_marked_for_their_own_origin() throws IOException {
    String issue = "POST /api/v1/campaigns/nobodys/issues HTTP/1.1\r\nHost: a\r\n";
    String shop = "Origin: " + SHOP + "\r\n\r\n";
    String local = "Origin: http://localhost:5173\r\n\r\n";
    String last = "GET /v3/api-docs HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";

    try (RawSocket socket = new RawSocket(server)) {
      String heard =
          socket.say(issue + shop + issue + local + issue + "\r\n" + last + shop).untilClosed();

      assertThat(heard.split("HTTP/1.1 ", -1))
          .extracting(one -> one.replaceAll("(?si).*allow-origin: ([^\r]*).*|.*", "$1"))
          .containsExactly("", SHOP, "http://localhost:5173", "", SHOP);
    }
  }

  @Test
  void without_the_setting_no_page_may(Api shared) {
    Answer answer = shared.send(Call.get(Api.CAMPAIGNS).with("Origin", SHOP)).is(200);

    assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
    shared.send(preflight(SHOP)).is(401);
  }

  private static Call preflight(String origin) {
    return Call.of("OPTIONS", "/api/v1/campaigns/any/issues")
        .with("Origin", origin)
        .with("Access-Control-Request-Method", "POST")
        .with("Access-Control-Request-Headers", "authorization");
  }

  private static void mayRead(Answer answer) {
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
    assertThat(answer.header("Access-Control-Expose-Headers"))
        .contains("Location", "Retry-After", "Idempotent-Replayed", "ETag");
    assertThat(answer.headers().allValues("Vary")).contains("Origin");
  }
}
