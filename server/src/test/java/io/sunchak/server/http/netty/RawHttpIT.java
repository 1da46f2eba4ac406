package io.sunchak.server.http.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sunchak.server.http.Code;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.RawSocket;
import io.sunchak.server.testing.ServerExtension;
import io.sunchak.server.testing.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that no HTTP client sends: a problem and the end of the connection, and nothing done. */
@ExtendWith(ServerExtension.class)
class RawHttpIT {
  private static final String ID = "raw";
  private static final String CAMPAIGN =
      """
      {"id":"half-sent","name":"x","totalStock":1,"opensAt":"2020-01-01T00:00:00Z",\
      "closesAt":"2099-01-01T00:00:00Z"}\
      """;
  private static final String ISSUE = "POST /api/v1/campaigns/raw/issues HTTP/1.1\r\nHost: a\r\n";
  private static final String CREATE = "POST /api/v1/admin/campaigns HTTP/1.1\r\nHost: a\r\n";
  private static final String VIEW = "GET /api/v1/campaigns/raw HTTP/1.1\r\nHost: a\r\n";

  @BeforeAll
  static void make(Api api) {
    api.create(ID, 600);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void what_is_no_http_is_refused_and_closed(String what, String request, String code, Api api)
      throws IOException {
    Snapshot before = Snapshot.of(api, ID);
    String bearer = "Authorization: Bearer " + api.server().admin();

    try (RawSocket socket = new RawSocket(api.server())) {
      String heard = socket.say(request.replace("<token>", bearer)).untilClosed();

      assertThat(heard)
          .startsWith("HTTP/1.1 " + Code.valueOf(code).status())
          .containsOnlyOnce("HTTP/1.1")
          .containsIgnoringCase("content-type: application/problem+json")
          .containsIgnoringCase("connection: close")
          .contains("\"code\":\"" + code + "\"")
          .doesNotContain("Exception", "netty");
    }
    assertThat(Snapshot.of(api, ID)).isEqualTo(before);
  }

  static Stream<Arguments> what_is_no_http_is_refused_and_closed() {
    String chunked = CREATE + "<token>\r\nTransfer-Encoding: chunked\r\n\r\n";
    return Stream.of(
        malformed("no request line", "HELLO\r\n\r\n"),
        malformed("no host", "POST /api/v1/campaigns/raw/issues HTTP/1.1\r\n<token>\r\n\r\n"),
        malformed("two hosts", ISSUE + "Host: b\r\n<token>\r\n\r\n"),
        malformed("the same host twice", VIEW + "Host: a\r\n\r\n"),
        malformed("no host for a page", "GET / HTTP/1.1\r\n\r\n"),
        malformed("a version there is not", ISSUE.replace("1.1", "9.9") + "<token>\r\n\r\n"),
        malformed("a version to come", VIEW.replace("1.1", "1.2") + "\r\n"),
        malformed("a version before the first", VIEW.replace("1.1", "0.9") + "\r\n"),
        malformed(
            "a body that is announced, for a call without one",
            ISSUE + "<token>\r\nExpect: 100-continue\r\nContent-Length: 90\r\n\r\n"),
        malformed(
            "a broken chunk where no body belongs",
            ISSUE + "<token>\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        malformed(
            "a body without an end where none belongs",
            ISSUE + "<token>\r\nContent-Length: 100000000\r\n\r\n"),
        malformed("HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        malformed(
            "length and chunks",
            ISSUE + "<token>\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        malformed(
            "two lengths",
            ISSUE + "<token>\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\nhello"),
        malformed("two lengths in one", ISSUE + "<token>\r\nContent-Length: 0, 5\r\n\r\nhello"),
        malformed("a negative length", ISSUE + "<token>\r\nContent-Length: -1\r\n\r\n"),
        malformed("a length that is no number", ISSUE + "<token>\r\nContent-Length: 0x0\r\n\r\n"),
        malformed("another transfer coding", ISSUE + "<token>\r\nTransfer-Encoding: gzip\r\n\r\n"),
        malformed(
            "bare line feeds", "POST /api/v1/campaigns/raw/issues HTTP/1.1\nHost: a\n<token>\n\n"),
        malformed("one bare line feed", ISSUE + "X: y\n<token>\r\n\r\n"),
        malformed("a NUL in a header", ISSUE + "X: a\0b\r\n<token>\r\n\r\n"),
        malformed("a space before the colon", ISSUE + "X : y\r\n<token>\r\n\r\n"),
        malformed("a header without a name", ISSUE + ": y\r\n<token>\r\n\r\n"),
        malformed(
            "an escape that is none",
            "GET /api/v1/campaigns/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        malformed(
            "characters no path has",
            "GET /a|b{} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        malformed("a target without a path", "GET ?x HTTP/1.1\r\nHost: a\r\n\r\n"),
        malformed("a target of another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        malformed("a fragment", ISSUE.replace(" HTTP", "#part HTTP") + "<token>\r\n\r\n"),
        malformed("a chunk size that is none", chunked + "zz\r\n" + CAMPAIGN + "\r\n0\r\n\r\n"),
        malformed(
            "a broken chunk after a whole body",
            chunked + Integer.toHexString(CAMPAIGN.length()) + "\r\n" + CAMPAIGN + "\r\nzz\r\n"),
        arguments(
            "a header over 16 KB", VIEW + "X: " + "x".repeat(17_000) + "\r\n\r\n", "TOO_LARGE"),
        arguments(
            "headers over 16 KB together",
            VIEW + ("X: " + "x".repeat(900) + "\r\n").repeat(19) + "\r\n",
            "TOO_LARGE"),
        arguments(
            "a path over 8 KB",
            "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "TOO_LARGE"));
  }

  private static Arguments malformed(String what, String request) {
    return arguments(what, request, "MALFORMED");
  }

  @Test
  void a_body_that_breaks_off_is_not_acted_on(Api api) throws IOException {
    Snapshot before = Snapshot.of(api, ID);

    try (RawSocket socket = new RawSocket(api.server())) {
      socket.say(CREATE + "Authorization: Bearer " + api.server().admin());
      socket.say("\r\nContent-Length: " + (CAMPAIGN.length() + 1) + "\r\n\r\n" + CAMPAIGN);
    }
    // Answered on another connection after that one: had it been acted on, it would show.
    assertThat(Snapshot.of(api, ID)).isEqualTo(before);
  }

  @Test
  void pipelined_requests_are_answered_in_order_on_both_ways(Api api) throws IOException {
    String token = "Authorization: Bearer " + api.server().user("pipeliner") + "\r\n\r\n";

    try (RawSocket socket = new RawSocket(api.server())) {
      socket.say((VIEW + "\r\n" + ISSUE + token + ISSUE + token + VIEW + "\r\n").repeat(2));
      String heard = socket.say("GET /end HTTP/1.1\r\nHost: a\r\n\r\n").until("NOT_FOUND");

      assertThat(heard.split("HTTP/1.1 ", -1))
          .extracting(answer -> answer.length() < 3 ? "" : answer.substring(0, 3))
          .containsExactly("", "200", "202", "200", "200", "200", "200", "200", "200", "404");
      assertThat(heard.split("(?i)idempotent-replayed", -1)).hasSize(4);
    }
  }

  /** As some proxies send it (RFC 9112, 3.2.2). */
  @Test
  void a_whole_address_leads_where_its_path_leads(Api api) throws IOException {
    String token = "Authorization: Bearer " + api.server().user("behind-a-proxy") + "\r\n\r\n";

    try (RawSocket socket = new RawSocket(api.server())) {
      socket.say(VIEW.replace(" /", " http://a/") + "\r\n");
      socket.say(
          ISSUE.replace(" /", " http://a:80/").replace(" HTTP/1.1", "?x=/ HTTP/1.1") + token);
      String heard = socket.say("POST http://a HTTP/1.1\r\nHost: a\r\n\r\n").until("NOT_FOUND");

      assertThat(heard.split("HTTP/1.1 ", -1))
          .extracting(answer -> answer.length() < 3 ? "" : answer.substring(0, 3))
          .containsExactly("", "200", "202", "404");
    }
  }

  /** An issue answered on the spot, between two calls that WebFlux answers, over and over. */
  @Test
  void pipelined_refusals_between_other_calls_hold_nobody_up(Api api) throws IOException {
    for (int i = 0; i < 100; i++) {
      try (RawSocket socket = new RawSocket(api.server())) {
        socket.say((VIEW + "\r\n" + ISSUE + "\r\n").repeat(3));
        String heard =
            socket.say("GET /api/v1/campaigns/none HTTP/1.1\r\nHost: a\r\n\r\n").until("NOT_FOUND");

        assertThat(heard.split("HTTP/1.1 ", -1)).hasSize(8);
      }
    }
  }

  @Test
  void what_is_sent_too_slowly_is_closed(Api api) throws IOException {
    Duration patience = Duration.ofSeconds(30);
    try (RawSocket silent = new RawSocket(api.server());
        RawSocket slowHead = new RawSocket(api.server());
        RawSocket slowSecondHead = new RawSocket(api.server());
        RawSocket slowBody = new RawSocket(api.server())) {
      slowHead.say(VIEW);
      slowSecondHead.say(VIEW + "\r\n").until("\"serverTime\"");
      slowSecondHead.say("GET /api");
      slowBody.say(CREATE + "Authorization: Bearer " + api.server().admin() + "\r\n");
      slowBody.say("Content-Length: 100\r\n\r\n{");

      assertThat(silent.isClosedWithin(patience)).as("no byte").isTrue();
      assertThat(slowHead.isClosedWithin(patience)).as("half a head").isTrue();
      slowSecondHead.untilClosed();
      assertThat(slowBody.isClosedWithin(patience)).as("half a body").isTrue();
    }
  }
}
