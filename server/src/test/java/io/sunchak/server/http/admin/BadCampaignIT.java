package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.ServerExtension;
import io.sunchak.server.testing.Snapshot;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that describe no campaign: each with its code, and nothing is made or changed. */
@ExtendWith(ServerExtension.class)
class BadCampaignIT {
  private static final String GOOD =
      """
      {"id":"bad","name":"Bad","totalStock":600,
       "opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}\
      """;
  private static final String KEPT = "kept-as-it-is";

  @BeforeAll
  static void make(Api api) {
    api.create(KEPT, 600);
  }

  /**
   * No such JSON.
   *
   * @param body one character a byte
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource({"texts", "stocks", "encodings"})
  void what_is_no_such_json_is_malformed(String what, String body, Api api) {
    refusedAlike(api, body, "MALFORMED");
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("nothing", ""),
        arguments("blanks", "  \n"),
        arguments("no JSON", "id=bad"),
        arguments("half", GOOD.substring(0, 40)),
        arguments("an array", "[" + GOOD + "]"),
        arguments("a string", "\"bad\""),
        arguments("null", "null"),
        arguments("something behind it", GOOD + " x"),
        arguments("another one behind it", GOOD + GOOD),
        arguments("a comma too many", GOOD.replace("}", ",}")),
        arguments("a comment", GOOD.replace("{", "{/* */")),
        arguments("single quotes", GOOD.replace('"', '\'')),
        arguments("a byte-order mark", "\u00EF\u00BB\u00BF" + GOOD),
        arguments("an unknown field", with("\"user\":\"u1\"")),
        arguments("an unknown field of 3,000 characters", with("\"" + "x".repeat(3_000) + "\":1")),
        arguments("a field in another case", GOOD.replace("name", "Name")),
        arguments("a field twice", with("\"totalStock\":700")),
        arguments("nested too deep", with("\"a\":" + "[".repeat(11) + "]".repeat(11))),
        arguments("a string too long", GOOD.replace("Bad", "x".repeat(513))),
        arguments("an id that is a number", GOOD.replace("\"bad\"", "1")),
        arguments("an id of null", GOOD.replace("\"bad\"", "null")),
        arguments("a name that is an object", GOOD.replace("\"Bad\"", "{}")),
        arguments(
            "an instant that is a number", GOOD.replace("\"2020-01-01T00:00:00Z\"", "1577836800")));
  }

  static Stream<Arguments> stocks() {
    return Stream.of(
            "\"600\"",
            "600.5",
            "600.00001",
            "6001e-1",
            "true",
            "[600]",
            "{}",
            "0600",
            "+600",
            "0x10",
            "NaN",
            "9".repeat(40))
        .map(stock -> arguments("a stock of " + stock, GOOD.replace("600", stock)));
  }

  static Stream<Arguments> encodings() {
    return Stream.of(
        arguments("UTF-16", encoded(StandardCharsets.UTF_16)),
        arguments("UTF-16 without a mark", encoded(StandardCharsets.UTF_16LE)),
        arguments("UTF-32", encoded(Charset.forName("UTF-32BE"))),
        arguments("a lone 0xFF", GOOD.replace("Bad", "\u00FF")),
        arguments("an overlong slash", GOOD.replace("Bad", "\u00C0\u00AF")),
        arguments("half a character", GOOD.replace("Bad", "\u00E2\u0082")),
        arguments("an encoded surrogate", GOOD.replace("Bad", "\u00ED\u00A0\u0080")));
  }

  private static String encoded(Charset charset) {
    return new String(GOOD.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id         | "Bad"
          id         | "bad_one"
          id         | "-bad"
          id         | ""
          id         | "a.b"
          id         | "a/b"
          id         | "bäd"
          id         | "bad\\u0000"
          id         | "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
          name       | ""
          name       | "   "
          name       | "two\\nlines"
          name       | "a NUL\\u0000"
          name       | "half a pair \\ud83d"
          name       | "turned \\u202ednuora"
          name       | "isolated \\u2066x"
          name       | "marked \\u200f"
          name       | "in\\u200bvisible"
          name       | "joined\\u200d"
          name       | "so\\u00adft"
          name       | "\\ufeffmarked"
          name       | "\\u3164"
          name       | "\\u00a0\\u2800"
          name       | "two\\u2028lines"
          name       | "tagged \\udb40\\udc41"
          totalStock | 0
          totalStock | -1
          totalStock | -0
          totalStock | 1000000000001
          totalStock | 9223372036854775808
          totalStock | 1e13
          totalStock | 1e999999999
          totalStock | -6e2
          totalStock | 0.0
          opensAt    | "2020-01-01T00:00:00"
          opensAt    | "2020-01-01"
          opensAt    | "2020-02-30T00:00:00Z"
          opensAt    | "2020-01-01T24:00:00Z"
          opensAt    | "2020-01-01T00:00:60Z"
          opensAt    | "2020-01-01T00:00:00+24:00"
          opensAt    | "2020-01-01T00:00:00+0900"
          opensAt    | "2020-01-01T00:00:00,5Z"
          opensAt    | "2020-01-01T00:00:00.Z"
          opensAt    | "2020-01-01T00:00:00 Asia/Seoul"
          opensAt    | "1999-12-31T23:59:59Z"
          opensAt    | "+999999999-01-01T00:00:00Z"
          opensAt    | "-0001-01-01T00:00:00Z"
          opensAt    | "now"
          opensAt    | ""
          closesAt   | "2020-01-01T00:00:00Z"
          closesAt   | "2019-12-31T23:59:59Z"
          closesAt   | "2020-01-01T01:00:00+09:00"
          closesAt   | "2200-01-01T00:00:00.001Z"
          """)
  void a_value_that_is_not_allowed_is_invalid_and_named(String field, String json, Api api) {
    String body =
        GOOD.replaceFirst(
            "(\"" + field + "\":)(\"[^\"]*\"|\\d+)", "$1" + json.replace("\\", "\\\\"));
    assertThat(body).isNotEqualTo(GOOD);

    for (Answer answer : refusedAlike(api, inUtf8(body), "INVALID")) {
      if (answer.json().path("code").asString().equals("INVALID")) {
        assertThat(answer.json().path("errors"))
            .singleElement()
            .satisfies(error -> assertThat(error.path("field").asString()).isEqualTo(field));
      }
    }
  }

  @Test
  void all_values_that_are_not_allowed_are_named_at_once(Api api) {
    Answer answer =
        api.admin(Call.post(Api.ADMIN).json(Map.of("id", "B", "name", ""))).is(400, "INVALID");

    assertThat(answer.json().path("errors"))
        .extracting(error -> error.path("field").asString())
        .containsExactlyInAnyOrder("id", "name", "totalStock", "opensAt", "closesAt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "state", "version", "issued", "remaining"})
  void what_is_not_for_an_operator_to_change_is_unknown_to_a_change(String field, Api api) {
    Snapshot before = Snapshot.of(api, KEPT);

    api.patch(KEPT, Map.of(field, "1")).is(400, "MALFORMED");

    assertThat(Snapshot.of(api, KEPT)).isEqualTo(before);
  }

  @Test
  void a_body_of_more_than_4_kb_is_too_large_with_or_without_a_length(Api api) {
    Snapshot before = Snapshot.of(api, KEPT);
    byte[] large = (GOOD + " ".repeat(4_096)).getBytes(StandardCharsets.UTF_8);
    Call create = Call.post(Api.ADMIN);

    api.admin(create.body(large)).is(413, "TOO_LARGE");
    api.admin(create.body(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))))
        .is(413, "TOO_LARGE");
    api.admin(Call.patch(Api.ADMIN + "/" + KEPT).with("If-Match", "\"1\"").body(large))
        .is(413, "TOO_LARGE");

    assertThat(Snapshot.of(api, KEPT)).isEqualTo(before);
  }

  @Test
  void a_compressed_body_is_not_unpacked(Api api) {
    api.admin(
            Call.post(Api.ADMIN)
                .with("Content-Encoding", "gzip")
                .body(new byte[] {0x1F, (byte) 0x8B, 8, 0}))
        .is(400, "MALFORMED");
  }

  /** A new campaign and a change refuse it alike; a change is not given the id it does not know. */
  private static List<Answer> refusedAlike(Api api, String body, String code) {
    Snapshot before = Snapshot.of(api, KEPT);
    byte[] create = body.getBytes(StandardCharsets.ISO_8859_1);
    byte[] change = body.replace("\"id\":\"bad\",", "").getBytes(StandardCharsets.ISO_8859_1);
    Call patch = Call.patch(Api.ADMIN + "/" + KEPT).with("If-Match", "\"1\"");

    List<Answer> answers =
        List.of(
            api.admin(Call.post(Api.ADMIN).body(create)).is(400, code),
            api.admin(patch.body(change)).is(400));

    assertThat(Snapshot.of(api, KEPT)).isEqualTo(before);
    return answers;
  }

  private static String inUtf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String with(String field) {
    return GOOD.replace("}", "," + field + "}");
  }
}
