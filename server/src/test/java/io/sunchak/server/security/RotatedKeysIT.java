package io.sunchak.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.IdentityProvider;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens of an identity provider that changes its keys. */
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotatedKeysIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Call ISSUE = Call.post("/api/v1/campaigns/nobodys/issues");
  private static final Call MINE = Call.get("/api/v1/campaigns/nobodys/issues/me");

  private final EmbeddedEngines engines;
  private final IdentityProvider provider;
  private final LiveServer server;
  private final Api api;

  RotatedKeysIT(EmbeddedEngines engines) throws IOException {
    this.engines = engines;
    provider = new IdentityProvider();
    server =
        LiveServer.start(
            engines,
            Map.of("spring.security.oauth2.resourceserver.jwt.issuer-uri", provider.issuer()));
    api = new Api(server);
    await().atMost(PATIENCE).until(() -> api.send(MINE.as(provider.token("u1"))).status() == 404);
  }

  @AfterAll
  void stop() {
    server.close();
    provider.close();
  }

  @Test
  void the_first_token_of_a_new_key_is_accepted_and_one_fetch_serves_all_who_wait() {
    String before = provider.token("u1");
    provider.rotate("second");
    int fetches = provider.fetches();
    provider.hold();
    List<CompletableFuture<Answer>> waiting =
        IntStream.range(0, 40)
            .mapToObj(i -> (i % 2 == 0 ? ISSUE : MINE).as(provider.token("u" + i)))
            .map(call -> CompletableFuture.supplyAsync(() -> api.send(call)))
            .toList();
    await().atMost(PATIENCE).until(() -> provider.fetches() > fetches);
    provider.answer();

    assertThat(waiting).allSatisfy(one -> assertThat(one.join().status()).isEqualTo(404));
    assertThat(provider.fetches()).as("one for all").isLessThanOrEqualTo(fetches + 2);
    assertThat(api.send(MINE.as(before)).is(401).text()).contains("no key");
  }

  @Test
  void keys_that_nobody_publishes_are_asked_for_once_a_second_at_most() {
    int fetches = provider.fetches();
    long began = System.nanoTime();
    for (int round = 0; round < 3; round++) {
      List<CompletableFuture<Answer>> tries =
          IntStream.range(0, 100)
              .mapToObj(i -> (i % 2 == 0 ? ISSUE : MINE).as(provider.forged("u1", "k" + i)))
              .map(call -> CompletableFuture.supplyAsync(() -> api.send(call)))
              .toList();
      assertThat(tries).allSatisfy(one -> one.join().is(401, "UNAUTHENTICATED"));
    }
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();

    assertThat(provider.fetches() - fetches).isBetween(1, (int) seconds + 2);
    provider.rotate("third");
    api.send(ISSUE.as(provider.token("u1"))).is(404);
  }

  /** What does not hold anyhow is no reason to ask the provider. */
  @Test
  void a_known_key_that_did_not_sign_is_refused_without_a_fetch() {
    String good = provider.token("u1");
    api.send(MINE.as(good)).is(404);
    String changed = good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(342);
    int fetches = provider.fetches();

    assertThat(api.send(MINE.as(changed)).is(401).text()).contains("signature");

    assertThat(provider.fetches()).isEqualTo(fetches);
  }

  @Test
  void while_no_key_has_ever_come_nobody_is_told_to_sign_in_again() throws IOException {
    try (IdentityProvider late = new IdentityProvider()) {
      late.hold();
      try (LiveServer early =
          LiveServer.start(
              engines,
              Map.of("spring.security.oauth2.resourceserver.jwt.issuer-uri", late.issuer()))) {
        Api its = new Api(early);
        for (Call call : List.of(ISSUE, MINE)) {
          Answer answer = its.send(call.as(late.token("u1"))).is(503, "KEYS_UNKNOWN");
          assertThat(answer.header("Retry-After")).matches("[1-9]");
          assertThat(answer.header("WWW-Authenticate")).isNull();
          its.send(call.as("a.b.c")).is(401, "UNAUTHENTICATED");
          its.send(call).is(401, "UNAUTHENTICATED");
        }
        its.send(Call.get("/api/v1/nothing").as(late.token("u1"))).is(404, "NOT_FOUND");
        late.answer();
        await().atMost(PATIENCE).until(() -> its.send(MINE.as(late.token("u1"))).status() == 404);
      }
    }
  }

  @Test
  void the_keys_are_fetched_in_plain_http() {
    assertThat(provider.headers()).isNotEmpty().doesNotContain("Upgrade", "Http2-settings");
  }
}
