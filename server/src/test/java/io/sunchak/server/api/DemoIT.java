package io.sunchak.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.operations.DemoSite;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.ServerExtension;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What is there to try where the demo was seeded; that it is nowhere else, {@code AccessIT}. */
@ExtendWith(ServerExtension.class)
class DemoIT {

  @Test
  void a_guest_gets_a_token_and_may_do_what_a_user_may(EmbeddedEngines engines) {
    try (LiveServer server = LiveServer.start(engines)) {
      Api api = new Api(server);
      api.get("/api/v1/demo").is(404, "NOT_FOUND");
      server.bean(DemoSite.class).seeded(server.signer(), Path.of("target"));
      api.create("for-guests", 10);

      assertThat(api.get("/api/v1/demo").is(200).json().path("demo").asBoolean()).isTrue();
      JsonNode guest = api.send(Call.post("/api/v1/demo/user")).is(200).json();
      JsonNode another = api.send(Call.post("/api/v1/demo/user")).is(200).json();

      assertThat(guest.path("userId")).isNotEqualTo(another.path("userId"));
      String token = guest.path("token").asString();
      JsonNode mine =
          api.send(Call.post(Api.CAMPAIGNS + "/for-guests/issues").as(token)).is(202).json();
      assertThat(mine.path("userId")).isEqualTo(guest.path("userId"));
      api.send(Call.get(Api.ADMIN).as(token)).is(403, "FORBIDDEN");
      api.send(Call.post("/api/v1/demo/user").body("{}")).is(400, "MALFORMED");
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
