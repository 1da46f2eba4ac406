package io.sunchak.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.http.Routes;
import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.Jwt;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.OpenApi;
import io.sunchak.server.testing.ServerExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.PathContainer;

/** Who may call what: one table, every route in it. */
@ExtendWith(ServerExtension.class)
class AccessIT {
  /** No campaign has this id: a call that is allowed finds nothing and changes nothing. */
  private static final String NOBODYS = "nobodys";

  private static final String TABLE =
      """
      call                                                  | no token               | user                   | redeemer               | viewer                 | operator               | admin
      GET /                                                 | 200                    | 200                    | 200                    | 200                    | 200                    | 200
      GET /actuator/health                                  | 200                    | 200                    | 200                    | 200                    | 200                    | 200
      GET /actuator/health/liveness                         | 200                    | 200                    | 200                    | 200                    | 200                    | 200
      GET /actuator/health/readiness                        | 200                    | 200                    | 200                    | 200                    | 200                    | 200
      GET /actuator/prometheus                              | 401                    | 403                    | 403                    | 200                    | 200                    | 200
      GET /v3/api-docs                                      | 200                    | 200                    | 200                    | 200                    | 200                    | 200
      GET /swagger-ui.html                                  | 303                    | 303                    | 303                    | 303                    | 303                    | 303
      GET /swagger-ui/index.html                            | 200                    | 200                    | 200                    | 200                    | 200                    | 200
      GET /api/v1/campaigns                                 | 200                    | 200                    | 200                    | 200                    | 200                    | 200
      GET /api/v1/campaigns/nobodys                         | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      GET /api/v1/campaigns/nobodys/issues/me               | 401                    | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      POST /api/v1/campaigns/nobodys/issues                 | 401                    | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      GET /api/v1/admin/campaigns                           | 401                    | 403                    | 403                    | 200                    | 200                    | 200
      POST /api/v1/admin/campaigns                          | 401                    | 403                    | 403                    | 403                    | 400 MALFORMED          | 400 MALFORMED
      GET /api/v1/admin/campaigns/nobodys                   | 401                    | 403                    | 403                    | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      PATCH /api/v1/admin/campaigns/nobodys                 | 401                    | 403                    | 403                    | 403                    | 428 IF_MATCH_REQUIRED  | 428 IF_MATCH_REQUIRED
      POST /api/v1/admin/campaigns/nobodys/pause            | 401                    | 403                    | 403                    | 403                    | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      POST /api/v1/admin/campaigns/nobodys/resume           | 401                    | 403                    | 403                    | 403                    | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      POST /api/v1/admin/campaigns/nobodys/close            | 401                    | 403                    | 403                    | 403                    | 403                    | 404 CAMPAIGN_NOT_FOUND
      POST /api/v1/admin/campaigns/nobodys/archive          | 401                    | 403                    | 403                    | 403                    | 403                    | 404 CAMPAIGN_NOT_FOUND
      POST /api/v1/admin/campaigns/nobodys/drain/resume     | 401                    | 403                    | 403                    | 403                    | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      GET /api/v1/admin/campaigns/nobodys/issues            | 401                    | 403                    | 403                    | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      POST /api/v1/admin/campaigns/nobodys/issues           | 401                    | 403                    | 403                    | 403                    | 403                    | 400 INVALID
      GET /api/v1/admin/campaigns/nobodys/issues.csv        | 401                    | 403                    | 403                    | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      GET /api/v1/admin/failures                            | 401                    | 403                    | 403                    | 200                    | 200                    | 200
      GET /api/v1/admin/failures.csv                        | 401                    | 403                    | 403                    | 200                    | 200                    | 200
      POST /api/v1/admin/failures/replay                    | 401                    | 403                    | 403                    | 403                    | 400 MALFORMED          | 400 MALFORMED
      POST /api/v1/admin/failures/nobodys/replay            | 401                    | 403                    | 403                    | 403                    | 404 NOT_FOUND          | 404 NOT_FOUND
      POST /api/v1/admin/failures/nobodys/discard           | 401                    | 403                    | 403                    | 403                    | 403                    | 404 NOT_FOUND
      POST /api/v1/admin/campaigns/nobodys/coupons/7/revoke | 401                    | 403                    | 403                    | 403                    | 403                    | 400 MALFORMED
      POST /api/v1/redemptions                              | 401                    | 403                    | 400 MALFORMED          | 403                    | 403                    | 400 MALFORMED
      POST /api/v1/redemptions/nobodys/cancel               | 401                    | 403                    | 404 NOT_FOUND          | 403                    | 403                    | 404 NOT_FOUND
      GET /api/v1/redemptions                               | 401                    | 403                    | 403                    | 403                    | 403                    | 405 METHOD_NOT_ALLOWED
      GET /c/nobodys                                        | 200                    | 200                    | 200                    | 200                    | 200                    | 200
      GET /assets/index.html                                | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND
      GET /api/v1/demo                                      | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND
      POST /api/v1/demo/user                                | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND
      GET /api/v1/admin/campaigns/nobodys/users/u1          | 401                    | 403                    | 403                    | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      POST /api/v1/admin/codes/look-up                      | 401                    | 403                    | 403                    | 400 MALFORMED          | 400 MALFORMED          | 400 MALFORMED
      GET /api/v1/admin/campaigns/nobodys/repairs           | 401                    | 403                    | 403                    | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND | 404 CAMPAIGN_NOT_FOUND
      GET /api/v1/admin/repairs                             | 401                    | 403                    | 403                    | 200                    | 200                    | 200
      GET /api/v1/admin/audit                               | 401                    | 403                    | 403                    | 200                    | 200                    | 200
      POST /api/v1/admin/reconciliations                    | 401                    | 403                    | 403                    | 403                    | 400 MALFORMED          | 400 MALFORMED
      GET /api/v1/admin/reconciliations/none                | 401                    | 403                    | 403                    | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND
      POST /api/v1/admin/users/u1/erase                     | 401                    | 403                    | 403                    | 403                    | 403                    | 200
      POST /api/v1/admin/drops                              | 401                    | 403                    | 403                    | 403                    | 403                    | 404 NOT_FOUND
      GET /api/v1/admin/drops/latest                        | 401                    | 403                    | 403                    | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND
      GET /nothing                                          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND
      GET /favicon.svg                                      | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND
      POST /wp-login.php                                    | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND          | 404 NOT_FOUND
      GET /api/v1/admin/nothing                             | 404 NOT_FOUND          | 403                    | 403                    | 403                    | 403                    | 404 NOT_FOUND
      GET /actuator                                         | 404 NOT_FOUND          | 403                    | 403                    | 403                    | 403                    | 404 NOT_FOUND
      GET /actuator/env                                     | 404 NOT_FOUND          | 403                    | 403                    | 403                    | 403                    | 404 NOT_FOUND
      GET /actuator/heapdump                                | 404 NOT_FOUND          | 403                    | 403                    | 403                    | 403                    | 404 NOT_FOUND
      DELETE /api/v1/admin/campaigns/nobodys                | 401                    | 403                    | 403                    | 403                    | 403                    | 405 METHOD_NOT_ALLOWED
      """;

  /** A call and the answers to no token, a user, and each role. */
  private record Row(String call, List<String> answers) {
    static Row of(String line) {
      List<String> cells = List.of(line.strip().split("\\s*\\|\\s*", -1));
      return new Row(cells.getFirst(), cells.subList(1, cells.size()));
    }

    Call toCall() {
      String[] part = call.split(" ", 2);
      return Call.of(part[0], part[1]);
    }
  }

  @Test
  void each_call_answers_each_kind_of_token_as_the_table_says(Api api) {
    Map<String, String> refused = refusedTokens(api.server());
    StringBuilder found = new StringBuilder();
    StringBuilder wanted = new StringBuilder();
    TABLE
        .lines()
        .skip(1)
        .map(Row::of)
        .forEach(row -> {
          Call call = row.toCall();
          wanted.append(line(row.call(), row.answers()));
          List<String> answers = new ArrayList<>(List.of(told(api.send(call))));
          answers.add(told(api.send(call.as(api.server().user("u1")))));
          for (Role role : Role.values()) {
            answers.add(told(api.send(call.as(api.server().with("a-" + role.claim(), role)))));
          }
          found.append(line(row.call(), answers));
          refused.forEach((kind, token) -> {
            wanted.append(line(row.call(), List.of(kind, row.answers().getFirst())));
            found.append(line(row.call(), List.of(kind, told(api.send(call.as(token))))));
          });
        });

    assertThat(found.toString()).isEqualTo(wanted.toString());
  }

  @Test
  void the_table_has_every_route(LiveServer server) {
    Set<String> inTable =
        TABLE.lines().skip(1).map(line -> Row.of(line).call()).collect(Collectors.toSet());

    assertThat(server.bean(Routes.class).table())
        // It has no end: StreamIT.
        .filteredOn(route -> !route.path().endsWith("/stream"))
        .extracting(route ->
            route.method()
                + " "
                + route
                    .path()
                    .replace("{id}", NOBODYS)
                    .replace("{campaign}", NOBODYS)
                    .replace("{userId}", "u1")
                    .replace("{sequence}", "7")
                    .replace("{runId}", "none")
                    .replace("{file}", "index.html"))
        .isSubsetOf(inTable);
  }

  @Test
  void each_route_has_a_rule_which_the_openapi_file_tells_too(LiveServer server) {
    for (Routes.Route route : server.bean(Routes.class).table()) {
      String call = route.method() + " " + route.path();
      PathContainer path = PathContainer.parsePath(route.path().replaceAll("\\{[^/]+}", "x"));
      Optional<Set<Role>> rule = Access.rule(route.method(), path);

      assertThat(rule).as("a rule for %s", call).isPresent();
      assertThat(OpenApi.get().roles(call))
          .as(call)
          .isEqualTo(rule.orElseThrow().stream().map(Role::claim).collect(Collectors.toSet()));
    }
  }

  /** Routing takes these for an admin's calls; so must the access filter. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/%61dmin/campaigns",
        "/%61pi/v1/admin/campaigns",
        "/api/v1/%61%64%6D%69%6e/campaigns",
        "/api/v1;x=1/admin/campaigns",
        "/api/v1/admin;x=1/campaigns",
        "/%61ctuator/prometheus",
        "/actuator;x/prometheus"
      })
  void a_path_written_otherwise_is_no_way_around_the_role(String path, Api api) {
    Call call = Call.get(path);

    api.send(call).is(401, "UNAUTHENTICATED");
    api.send(call.as(api.server().user("u1"))).is(403, "FORBIDDEN");
    api.admin(call).is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1//admin/campaigns",
        "/api/v1/%2561dmin/campaigns",
        "/api/v1/admin%2Fcampaigns",
        "/api/v1/campaigns/../admin/campaigns",
        "/api/v1/ADMIN/campaigns",
        "/swagger-ui/../api/v1/admin/campaigns",
        "/c/../api/v1/admin/campaigns"
      })
  void a_path_that_only_looks_like_an_admins_leads_nowhere(String path, Api api) {
    assertThat(api.send(Call.get(path).as(api.server().user("u1"))).status()).isIn(403, 404);
  }

  private static Map<String, String> refusedTokens(LiveServer server) {
    long exp = Instant.now().getEpochSecond() + 600;
    String key = LiveServer.TOKEN_SECRET;
    String claims =
        "{\"iss\":\"sunchak\",\"aud\":\"sunchak\",\"sub\":\"u1\",\"roles\":[\"admin\"],\"exp\":"
            + exp
            + "}";
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("expired", server.signer().sign("u1", true, Duration.ofMinutes(-2)));
    tokens.put("wrong signature", Jwt.sign(Jwt.HS256, claims, "x".repeat(32)));
    tokens.put("alg none", Jwt.unsigned("{\"alg\":\"none\"}", claims));
    tokens.put(
        "wrong issuer", Jwt.sign(Jwt.HS256, claims.replace("iss\":\"sun", "iss\":\"moon"), key));
    tokens.put(
        "wrong audience", Jwt.sign(Jwt.HS256, claims.replace("aud\":\"sun", "aud\":\"moon"), key));
    tokens.put("no exp", Jwt.sign(Jwt.HS256, claims.replace("\"exp\"", "\"not-exp\""), key));
    tokens.put("no token at all", "garbage");
    assertThat(tokens.values()).doesNotHaveDuplicates();
    return tokens;
  }

  private static String line(String call, List<String> cells) {
    return call + " | " + String.join(" | ", cells) + "\n";
  }

  private static String told(Answer answer) {
    return answer.status() < 400
        ? Integer.toString(answer.status())
        : switch (answer.status() + " " + answer.json().path("code").asString()) {
          case "401 UNAUTHENTICATED" -> "401";
          case "403 FORBIDDEN" -> "403";
          case String other -> other;
        };
  }
}
