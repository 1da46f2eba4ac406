package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls on the failure queue that cannot be meant, each with its code. */
@ExtendWith(ServerExtension.class)
class BadFailureIT {
  private static final String FAILURES = "/api/v1/admin/failures";

  @BeforeAll
  static void make(Api api) {
    api.create("bad-failures", 600);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=open",
        "state=",
        "state=OPEN,VOID",
        "campaign=A",
        "campaign=",
        "campaign=%00",
        "reason=",
        "reason=%20",
        "reason=a%00",
        "reason=a%0Ab"
      })
  void a_failure_filter_that_can_match_nothing_is_invalid(String query, Api api) {
    String field = query.substring(0, query.indexOf('='));

    refusesParameter(field, api.admin(Call.get(FAILURES + "?" + query)));
    refusesParameter(field, api.admin(Call.get(FAILURES + ".csv?" + query)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad-failures",
        "bad-failures:",
        "bad-failures:0",
        "bad-failures:01",
        "bad-failures:1:1",
        "bad-failures:9999999999999999999",
        "bad-failures:-1",
        "-bad:1",
        "BAD:1",
        ":1",
        "bad-failures:%00",
        "bad-failures:1"
      })
  void what_no_failure_is_called_is_not_found(String id, Api api) {
    api.admin(Call.post(FAILURES + "/" + id + "/replay")).is(404, "NOT_FOUND");
    api.admin(Call.post(FAILURES + "/" + id + "/discard").json(Map.of("reason", "none")))
        .is(404, "NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          replay                | {}                              | INVALID
          replay                | {"limit":1}                     | INVALID
          replay                | {"dryRun":true}                 | INVALID
          replay                | {"limit":0,"dryRun":true}       | INVALID
          replay                | {"limit":10001,"dryRun":true}   | INVALID
          replay                | {"limit":1.5,"dryRun":true}     | MALFORMED
          replay                | {"limit":"1","dryRun":true}     | MALFORMED
          replay                | {"limit":1,"dryRun":"true"}     | MALFORMED
          replay                | {"limit":1,"dryRun":true,"state":"OPEN"}  | MALFORMED
          replay                | {"limit":1,"dryRun":true,"campaignId":"A"} | INVALID
          replay                | {"limit":1,"dryRun":true,"campaignId":7}   | MALFORMED
          replay                | {"limit":1,"dryRun":true,"reason":" "}     | INVALID
          replay                | {"limit":1,"dryRun":true,"reason":"a\\u0000"} | INVALID
          bad-failures:1/discard | {}                             | INVALID
          bad-failures:1/discard | {"reason":null}                | INVALID
          bad-failures:1/discard | {"reason":""}                  | INVALID
          bad-failures:1/discard | {"reason":"\\ud800"}            | INVALID
          bad-failures:1/discard | {"reason":1}                   | MALFORMED
          bad-failures:1/discard | []                             | MALFORMED
          bad-failures:1/replay | {}                              | MALFORMED
          """)
  void a_failure_call_that_cannot_be_meant_is_refused(
      String call, String body, String code, Api api) {
    api.admin(Call.post(FAILURES + "/" + call).body(body)).is(400, code);
  }

  @Test
  void a_reason_may_have_500_characters_and_no_more(Api api) {
    Call discard = Call.post(FAILURES + "/bad-failures:1/discard");

    api.admin(discard.json(Map.of("reason", "x".repeat(500)))).is(404, "NOT_FOUND");
    api.admin(discard.json(Map.of("reason", "x".repeat(501)))).is(400, "INVALID");
  }

  private static void refusesParameter(String name, Answer answer) {
    answer.is(400, "INVALID");
    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(name);
  }
}
