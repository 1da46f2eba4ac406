package io.sunchak.server.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.EventStream;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.OpenApi;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The live view, as a page reads it. */
@ExtendWith(ServerExtension.class)
class StreamIT {
  private static final String STREAM = "/api/v1/admin/stream";
  private static final int MOST = 60;

  private final Api api;

  StreamIT(Api api) {
    this.api = api;
  }

  @Test
  void it_is_an_administrators() {
    api.send(Call.get(STREAM)).is(401, "UNAUTHENTICATED");
    api.send(Call.get(STREAM).as(api.server().user("u1"))).is(403, "FORBIDDEN");
    assertThat(api.admin(Call.of("HEAD", STREAM)).status()).isEqualTo(200);
  }

  @Test
  void each_event_is_whole_and_as_the_description_says() throws IOException {
    api.create("streamed", 3);
    api.issue("streamed", "u1").is(202);
    api.issue("streamed", "u1").is(200);
    try (EventStream events = EventStream.of(api.server(), STREAM)) {
      JsonNode snapshot =
          until(events, now -> campaign(now, "streamed").path("stored").asLong() == 1);

      assertThat(OpenApi.get().errors("/components/schemas/Snapshot", snapshot)).isEmpty();
      JsonNode campaign = campaign(snapshot, "streamed");
      assertThat(campaign.path("issued").asLong()).isEqualTo(1);
      assertThat(campaign.path("remaining").asLong()).isEqualTo(2);
      assertThat(campaign.path("backlog").asLong()).isZero();
      assertThat(campaign.path("state").asString()).isEqualTo("OPEN");
      assertThat(campaign.path("firstAcceptedAt").isNull()).isFalse();
      assertThat(snapshot.at("/engines/redis").asString()).isEqualTo("UP");
      assertThat(snapshot.at("/engines/postgres").asString()).isEqualTo("UP");
      assertThat(snapshot.at("/requests/total/ALREADY").asLong()).isPositive();
      assertThat(snapshot.path("demo").asBoolean()).isFalse();
      JsonNode next = events.next();
      assertThat(instant(next)).isAfter(instant(snapshot));
    }
  }

  @Test
  void it_ends_with_its_token() throws IOException {
    // Accepted for half a minute longer than it says, for clocks that differ.
    Duration almostOver = Duration.ofSeconds(-22);
    String token = api.server().signer().sign("admin", true, almostOver);
    int seen = 0;
    try (EventStream events = EventStream.of(api.server(), STREAM, token)) {
      while (seen < MOST) {
        events.next();
        seen++;
      }
    } catch (IOException ended) {
      assertThat(ended).hasMessageContaining("ended");
    }
    assertThat(seen).isBetween(1, MOST - 1);
  }

  @Test
  void no_proxy_keeps_its_events_back() throws IOException {
    try (EventStream events = EventStream.of(api.server(), STREAM)) {
      assertThat(events.header("X-Accel-Buffering")).isEqualTo("no");
    }
  }

  @Test
  void all_viewers_get_the_same_tick() throws IOException {
    try (EventStream one = EventStream.of(api.server(), STREAM);
        EventStream other = EventStream.of(api.server(), STREAM)) {
      Map<Instant, JsonNode> seen = new HashMap<>();
      for (int i = 0; i < 4; i++) {
        JsonNode now = one.next();
        seen.put(instant(now), now);
      }
      int common = 0;
      for (int i = 0; i < 4; i++) {
        JsonNode now = other.next();
        JsonNode same = seen.get(instant(now));
        assertThat(same == null || same.equals(now)).isTrue();
        common += same == null ? 0 : 1;
      }
      assertThat(common).isPositive();
    }
  }

  @Test
  void when_the_last_coupon_went_is_told() throws IOException {
    api.create("streamed-away", 2);
    api.issue("streamed-away", "u1").is(202);
    JsonNode last = api.issue("streamed-away", "u2").is(202).json();
    try (EventStream events = EventStream.of(api.server(), STREAM)) {
      JsonNode campaign =
          campaign(
              until(events, now -> campaign(now, "streamed-away").path("soldOutAt").isString()),
              "streamed-away");

      assertThat(campaign.path("soldOutAt")).isEqualTo(last.path("acceptedAt"));
      assertThat(campaign.path("state").asString()).isEqualTo("SOLD_OUT");
    }
  }

  @Test
  void a_comparison_of_both_sides_comes_by_itself() throws IOException {
    api.create("streamed-compared", 2);
    api.issue("streamed-compared", "u1").is(202);
    try (EventStream events = EventStream.of(api.server(), STREAM)) {
      JsonNode compared =
          until(
              events,
              now ->
                  !compared(now, "streamed-compared").path("verdict").isMissingNode()
                      && compared(now, "streamed-compared").path("ledgerRows").asLong() == 1);

      assertThat(compared(compared, "streamed-compared").path("verdict").asString())
          .isEqualTo("AGREES");
      assertThat(compared.at("/consistency/checkedAt").isNull()).isFalse();
    }
  }

  /** The server waits eight seconds for what is still being answered. */
  @Test
  void an_open_stream_does_not_hold_up_the_servers_end(EmbeddedEngines engines) throws IOException {
    LiveServer server = LiveServer.start(engines);
    try (EventStream events = EventStream.of(server, STREAM)) {
      events.next();
      long began = System.nanoTime();
      CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);

      assertThat(events.ends()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(7));
      assertThat(closed).succeedsWithin(Duration.ofSeconds(60));
    }
  }

  private static JsonNode until(EventStream events, Predicate<JsonNode> wanted) throws IOException {
    JsonNode now = events.next();
    for (int i = 0; i < MOST && !wanted.test(now); i++) {
      now = events.next();
    }
    assertThat(wanted.test(now)).as(now.toString()).isTrue();
    return now;
  }

  private static Instant instant(JsonNode snapshot) {
    return Instant.parse(snapshot.path("at").asString());
  }

  private static JsonNode campaign(JsonNode snapshot, String id) {
    return of(snapshot.path("campaigns"), "id", id);
  }

  private static JsonNode compared(JsonNode snapshot, String id) {
    return of(snapshot.at("/consistency/campaigns"), "campaignId", id);
  }

  private static JsonNode of(JsonNode list, String key, String value) {
    for (JsonNode one : list) {
      if (one.path(key).asString().equals(value)) {
        return one;
      }
    }
    return list.path("none");
  }
}
