package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import io.sunchak.server.testing.Snapshot;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that cannot be meant: each with its code, and nothing is issued or changed. */
@ExtendWith(ServerExtension.class)
class BadRequestIT {
  private static final String ID = "bad-requests";
  private static final String ISSUES = Api.CAMPAIGNS + "/" + ID + "/issues";
  private static final String CAMPAIGN = Api.ADMIN + "/" + ID;
  private static final String FAILURES = "/api/v1/admin/failures";

  private final Snapshot before;

  BadRequestIT(Api api) {
    before = Snapshot.of(api, ID);
  }

  @BeforeAll
  static void make(Api api) {
    api.create(ID, 600);
  }

  @AfterEach
  void nothing_changed(Api api) {
    assertThat(Snapshot.of(api, ID)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BAD-REQUESTS",
        "-bad",
        "bad_requests",
        "bad.requests",
        "bad-requests.",
        ".",
        "..",
        "bad%2Drequests%00",
        "bad-requests%20",
        "bad-requests%0a",
        "bad-requests%2F..",
        "%EC%BF%A0%ED%8F%B0",
        "bad-requests*",
        "'%20OR%201=1--",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void an_id_that_no_campaign_can_have_is_not_found(String id, Api api) {
    String user = api.server().user("u1");

    api.send(Call.post(Api.CAMPAIGNS + "/" + id + "/issues").as(user))
        .is(404, "CAMPAIGN_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"BAD-REQUESTS", "bad_requests", "bad.requests", "%EC%BF%A0", "a%20b", "a%00"})
  void nor_is_it_anywhere_else(String id, Api api) {
    api.get(Api.CAMPAIGNS + "/" + id).is(404, "CAMPAIGN_NOT_FOUND");
    api.send(Call.get(Api.CAMPAIGNS + "/" + id + "/issues/me").as(api.server().user("u1")))
        .is(404, "CAMPAIGN_NOT_FOUND");
    for (String of : List.of("", "/issues", "/issues.csv")) {
      api.admin(Call.get(Api.ADMIN + "/" + id + of)).is(404, "CAMPAIGN_NOT_FOUND");
    }
    for (String verb : List.of("pause", "resume", "close")) {
      api.ask(verb, id).is(404, "CAMPAIGN_NOT_FOUND");
    }
    api.admin(Call.patch(Api.ADMIN + "/" + id).with("If-Match", "\"1\"").body("{}"))
        .is(404, "CAMPAIGN_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " ", "{\"userId\":\"u2\"}", "x"})
  void a_body_where_none_belongs_is_malformed_with_or_without_a_length(String body, Api api) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (Call call : List.of(issue(api), Call.post(CAMPAIGN + "/close").as(api.server().admin()))) {
      api.send(call.body(bytes)).is(400, "MALFORMED");
      api.send(call.body(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))))
          .is(400, "MALFORMED");
    }
  }

  @Test
  void nobody_issues_without_a_token_that_holds(Api api) {
    Call issue = Call.post(ISSUES);
    String expired = api.server().signer().sign("u1", false, Duration.ofMinutes(-2));

    api.send(issue).is(401, "UNAUTHENTICATED");
    api.send(issue.as(expired)).is(401, "UNAUTHENTICATED");
    api.send(issue.with("Authorization", "Basic dTE6cHc=")).is(401, "UNAUTHENTICATED");
    api.send(issue.with("X-User-Id", "u1")).is(401, "UNAUTHENTICATED");
    api.send(Call.post(ISSUES + "?access_token=" + api.server().user("u1")))
        .is(401, "UNAUTHENTICATED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE | /api/v1/campaigns/bad-requests           | GET, HEAD
          POST   | /api/v1/campaigns/bad-requests           | GET, HEAD
          PUT    | /api/v1/campaigns/bad-requests/issues    | POST
          GET    | /api/v1/campaigns/bad-requests/issues    | POST
          DELETE | /api/v1/campaigns/bad-requests/issues/me | GET, HEAD
          PUT    | /api/v1/admin/campaigns                  | POST, GET, HEAD
          DELETE | /api/v1/admin/campaigns/bad-requests     | GET, HEAD, PATCH
          GET    | /api/v1/admin/campaigns/bad-requests/close | POST
          OPTIONS | /api/v1/admin/campaigns/bad-requests    | GET, HEAD, PATCH
          BREW   | /api/v1/campaigns                        | GET, HEAD
          POST   | /v3/api-docs                             | GET, HEAD
          POST   | /actuator/health                         | GET, HEAD
          OPTIONS | /actuator/health                        | GET, HEAD
          OPTIONS | /actuator/prometheus                    | GET, HEAD
          DELETE | /api/v1/admin/failures                   | GET, HEAD
          GET    | /api/v1/admin/failures/bad-requests:1/replay | POST
          GET    | /api/v1/admin/failures/bad-requests:1/discard | POST
          """)
  void another_method_is_not_allowed_and_told_which_are(
      String method, String path, String allowed, Api api) {
    Answer answer = api.admin(Call.of(method, path)).is(405, "METHOD_NOT_ALLOWED");

    assertThat(answer.header("Allow")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OPTIONS | /actuator/health                  | GET, HEAD
          POST    | /actuator/health/readiness        | GET, HEAD
          DELETE  | /api/v1/campaigns                 | GET, HEAD
          OPTIONS | /api/v1/campaigns/bad-requests    | GET, HEAD
          PUT     | /v3/api-docs                      | GET, HEAD
          OPTIONS | /api/v1/demo/user                 | POST
          """)
  void a_path_that_needs_no_token_says_it_to_everybody(
      String method, String path, String allowed, Api api) {
    Call call = Call.of(method, path);
    for (Call asked : List.of(call, call.as("no token"), call.as(api.server().user("u1")))) {
      assertThat(api.send(asked).is(405, "METHOD_NOT_ALLOWED").header("Allow")).isEqualTo(allowed);
    }
  }

  @Test
  void a_path_that_needs_a_token_says_it_to_nobody_without_one(Api api) {
    api.send(Call.of("OPTIONS", "/actuator/prometheus")).is(401, "UNAUTHENTICATED");
    api.send(Call.of("PUT", ISSUES)).is(401, "UNAUTHENTICATED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/v1",
        "/api/v2/campaigns",
        "/api/v1/campaigns/bad-requests/",
        "/api/v1/campaigns/bad-requests/issues/u2",
        "/api/v1/admin/campaigns/bad-requests/users",
        "/api/v1/admin/failures/bad-requests:1",
        "/api/v1/admin/failures/",
        "/API/v1/campaigns",
        "/webjars/swagger-ui/5.30.2/index.html",
        "/application.yaml",
        "/db/migration/V1__ledger.sql",
        "/swagger-ui/oauth2-redirect.html"
      })
  void where_nothing_is_there_is_nothing(String path, Api api) {
    api.admin(Call.get(path)).is(404, "NOT_FOUND");
  }

  @Test
  void what_can_be_read_can_be_asked_for_its_head(Api api) {
    for (String path :
        List.of(
            Api.CAMPAIGNS, Api.CAMPAIGNS + "/" + ID, "/v3/api-docs", "/swagger-ui/index.html")) {
      api.send(Call.of("HEAD", path)).is(200);
    }
    api.admin(Call.of("HEAD", CAMPAIGN)).is(200);
    assertThat(api.send(Call.of("HEAD", CAMPAIGN)).status()).isEqualTo(401);
    assertThat(api.send(Call.of("HEAD", Api.CAMPAIGNS + "/nobodys")).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=1001",
        "limit=1e2",
        "limit=",
        "limit=ten",
        "limit=%2B5",
        "limit=%D9%A3",
        "limit=99999999999999999999",
        "limit=1.0",
        "limit=%00"
      })
  void a_limit_that_is_none_is_invalid(String query, Api api) {
    refusesParameter("limit", api.get(Api.CAMPAIGNS + "?" + query));
    refusesParameter("limit", api.admin(Call.get(Api.ADMIN + "?" + query)));
    refusesParameter("limit", api.admin(Call.get(CAMPAIGN + "/issues?" + query)));
    refusesParameter("limit", api.admin(Call.get(FAILURES + "?" + query)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cursor=A", "cursor=%00", "cursor=a%27b", "cursor=", "cursor=-"})
  void a_cursor_that_no_page_gave_is_invalid(String query, Api api) {
    refusesParameter("cursor", api.get(Api.CAMPAIGNS + "?" + query));
    refusesParameter("cursor", api.admin(Call.get(Api.ADMIN + "?" + query)));
    refusesParameter("cursor", api.admin(Call.get(CAMPAIGN + "/issues?" + query)));
    refusesParameter("cursor", api.admin(Call.get(FAILURES + "?" + query)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      textBlock =
          """
          -        | 428 | IF_MATCH_REQUIRED
          "2"      | 412 | STALE
          "0"      | 412 | STALE
          W/"2"    | 412 | STALE
          "2-gzip" | 412 | STALE
          W/1      | 412 | STALE
          w/"1"    | 412 | STALE
          "1-foo"  | 412 | STALE
          1        | 412 | STALE
          "+1"     | 412 | STALE
          "01"     | 412 | STALE
          "1"1"    | 412 | STALE
          "*"      | 412 | STALE
          *, "2"   | 412 | STALE
          garbage  | 412 | STALE
          "3","2"  | 412 | STALE
          "3,1"    | 412 | STALE
          "9223372036854775808" | 412 | STALE
          """)
  void a_change_needs_the_version_that_was_seen(String tag, int status, String code, Api api) {
    Call patch = Call.patch(CAMPAIGN).body("{\"name\":\"changed\"}");

    api.admin(tag == null ? patch : patch.with("If-Match", tag)).is(status, code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "x", "a/b;c", "*/*", "application/json;charset=none"})
  void a_body_is_json_whatever_it_is_called(String type, Api api) {
    Call patch = Call.patch(CAMPAIGN).with("If-Match", "\"2\"").with("Content-Type", type);

    api.admin(patch.body("{}")).is(412, "STALE");
  }

  private static void refusesParameter(String name, Answer answer) {
    answer.is(400, "INVALID");
    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(name);
  }

  private static Call issue(Api api) {
    return Call.post(ISSUES).as(api.server().user("u1"));
  }
}
