package io.sunchak.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What is there to try where the demo was seeded; that it is nowhere else, {@code AccessIT}. */
@ExtendWith(ServerExtension.class)
class DemoIT {

  @Test
  void a_guest_gets_a_token_that_is_good_for_the_demo_alone(EmbeddedEngines engines) {
    try (LiveServer server = LiveServer.start(engines)) {
      Api api = new Api(server);
      api.get("/api/v1/demo").is(404, "NOT_FOUND");
      server.bean(DemoSite.class).seeded(server.signer(), Path.of("target"));
      api.create("demo-for-guests", 10);
      api.create("real", 10);

      assertThat(api.get("/api/v1/demo").is(200).json().path("demo").asBoolean()).isTrue();
      JsonNode guest = api.send(Call.post("/api/v1/demo/user")).is(200).json();
      JsonNode another = api.send(Call.post("/api/v1/demo/user")).is(200).json();

      assertThat(guest.path("userId")).isNotEqualTo(another.path("userId"));
      String token = guest.path("token").asString();
      JsonNode mine =
          api.send(Call.post(Api.CAMPAIGNS + "/demo-for-guests/issues").as(token)).is(202).json();
      assertThat(mine.path("userId")).isEqualTo(guest.path("userId"));
      api.send(Call.get(Api.CAMPAIGNS + "/demo-for-guests/issues/me").as(token)).is(200);
      api.send(Call.get(Api.ADMIN).as(token)).is(403, "FORBIDDEN");
      api.send(Call.post(Api.CAMPAIGNS + "/real/issues").as(token)).is(403, "FORBIDDEN");
      api.send(Call.get(Api.CAMPAIGNS + "/real/issues/me").as(token)).is(403, "FORBIDDEN");
      api.send(Call.get(Api.CAMPAIGNS + "/%72eal/issues/me").as(token)).is(403, "FORBIDDEN");
      assertThat(api.campaign("real").path("issued").asLong()).isZero();
      api.send(Call.post("/api/v1/demo/user").body("{}")).is(400, "MALFORMED");
    }
  }

  @Test
  void where_others_can_come_there_are_no_guests(EmbeddedEngines engines) {
    try (LiveServer server = LiveServer.start(engines, Map.of("server.address", "0.0.0.0"))) {
      Api api = new Api(server);
      server.bean(DemoSite.class).seeded(server.signer(), Path.of("target"));
      api.create("demo-reachable", 10);

      api.get("/api/v1/demo").is(404, "NOT_FOUND");
      api.send(Call.post("/api/v1/demo/user")).is(404, "NOT_FOUND");
      String earlier = server.signer().signGuest("guest-1", Duration.ofHours(1));
      api.send(Call.post(Api.CAMPAIGNS + "/demo-reachable/issues").as(earlier))
          .is(401, "UNAUTHENTICATED");
      api.issue("demo-reachable", "u1").is(202);
    }
  }

  @Test
  void a_drop_needs_a_command_to_start_it_with(EmbeddedEngines engines) {
    try (LiveServer server = LiveServer.start(engines)) {
      Api api = new Api(server);
      server.bean(DemoSite.class).seeded(null, Path.of("target"));
      Call drop = Call.post("/api/v1/admin/drops");

      api.admin(drop.json(Map.of("users", 10, "stock", 1))).is(404, "NOT_FOUND");
      api.admin(drop.json(Map.of("users", 0, "stock", 1))).is(400, "INVALID");
      api.admin(drop.json(Map.of("users", 100_001, "stock", 1))).is(400, "INVALID");
      api.admin(drop.json(Map.of("users", "1", "stock", 1))).is(400, "MALFORMED");
      api.admin(Call.get("/api/v1/admin/drops/latest")).is(404, "NOT_FOUND");
      api.send(Call.post("/api/v1/demo/user")).is(404, "NOT_FOUND");
    }
  }
}
