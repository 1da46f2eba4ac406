package io.sunchak.server.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import io.sunchak.server.testing.RawSocket;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a connection: after each request it serves the next, or it ends. */
@ExtendWith(ServerExtension.class)
@Timeout(300)
class ConnectionIT {
  private static final String ID = "connection";
  private static final String ISSUE =
      "POST /api/v1/campaigns/connection/issues HTTP/1.1\r\nHost: a\r\n";
  private static final String VIEW = "GET /api/v1/campaigns/connection HTTP/1.1\r\nHost: a\r\n";

  /** Far less than the time after which the server ends what is silent. */
  private static final int TIMES = 200;

  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private static final Duration UNREAD = Duration.ofSeconds(40);

  private final Api api;

  ConnectionIT(Api api) {
    this.api = api;
  }

  @BeforeAll
  static void make(Api api) {
    api.create(ID, null);
  }

  private String token(String user) {
    return "Authorization: Bearer " + api.server().user(user) + "\r\n";
  }

  /** The part before the bar comes first, the other when the server has read that. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10\r\n\r\n|0123456789",
        "Content-Length: 10\r\n\r\n01234|56789",
        "Content-Length: 2000\r\n\r\n|<2000>",
        "Content-Length: 20000\r\n\r\n<2000>|<18000>",
        "Transfer-Encoding: chunked\r\n\r\n|a\r\n0123456789\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\na\r\n01234|56789\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n|0\r\n\r\n"
      })
  void a_body_in_a_later_read_is_refused_and_the_next_request_served(String sent)
      throws IOException {
    for (String authorization : List.of(token("with-a-body"), "")) {
      try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
        String[] parts = sent.replace("<2000>", "x".repeat(2_000)).split("\\|", -1);
        socket.say(ISSUE + authorization + parts[0]);
        readByTheServer();
        socket.say(parts[1].replace("<18000>", "x".repeat(18_000)));
        String refusal = socket.until("}");
        socket.say(VIEW + "\r\n");

        assertThat(refusal).contains(authorization.isEmpty() ? "UNAUTHENTICATED" : "MALFORMED");
        assertThat(socket.until("serverTime")).startsWith("HTTP/1.1 200");
      }
    }
  }

  /** Another connection's answer: by then the loops have read what was sent before. */
  private void readByTheServer() {
    for (int i = 0; i < 4; i++) {
      api.get(Api.CAMPAIGNS + "/" + ID).is(200);
    }
  }

  @Test
  void an_issue_after_a_refused_body_is_served_too() throws IOException {
    try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
      socket.say(ISSUE + token("after-a-body") + "Content-Length: 5\r\n\r\n");
      readByTheServer();
      socket.say("hello").until("MALFORMED");
      socket.say(ISSUE + token("after-a-body") + "\r\n");

      assertThat(socket.until("sequence")).contains("HTTP/1.1 202");
    }
  }

  /** As proxies send a request without a body whose length they did not wait for. */
  @ParameterizedTest
  @ValueSource(strings = {"\r\n0\r\n\r\n", "\r\n|0\r\n\r\n", "\r\n0\r\n|\r\n"})
  void chunks_without_a_byte_are_no_body(String sent) throws IOException {
    try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
      String[] parts = sent.split("\\|", -1);
      socket.say(ISSUE + token("chunked-" + sent.hashCode()) + "Transfer-Encoding: chunked\r\n");
      socket.say(parts[0]);
      if (parts.length > 1) {
        readByTheServer();
        socket.say(parts[1]);
      }

      assertThat(socket.until("sequence")).startsWith("HTTP/1.1 202");
    }
  }

  @Test
  void a_client_that_asks_first_is_told_to_go_on_and_sends_no_byte() throws IOException {
    try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
      socket.say(ISSUE + token("asks-first") + "Expect: 100-continue\r\n");
      socket.say("Transfer-Encoding: chunked\r\n\r\n").until("HTTP/1.1 100");
      socket.say("0\r\n\r\n");

      assertThat(socket.until("sequence")).contains("HTTP/1.1 202");
    }
  }

  /** What was announced and comes, or does not, may never be taken for the next request. */
  @ParameterizedTest
  @ValueSource(strings = {ISSUE, VIEW, "POST /api/v1/admin/campaigns HTTP/1.1\r\nHost: a\r\n"})
  void a_final_answer_to_an_announced_body_is_the_last(String call) throws IOException {
    String body = ISSUE + token("smuggled") + "\r\n";
    try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
      socket.say(call + (call.equals(ISSUE) ? token("announces") : ""));
      socket.say("Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n");
      String answer = socket.until("}");
      socket.sayIfOpen(body);

      assertThat(answer + socket.untilClosed())
          .containsOnlyOnce("HTTP/1.1")
          .containsIgnoringCase("connection: close");
    }
    assertThat(api.mine(ID, "smuggled").status()).isEqualTo(404);
  }

  /** As `ab -k` asks. */
  @Test
  void an_older_client_that_keeps_its_connection_is_told_that_it_may() throws IOException {
    String issue = ISSUE.replace("1.1", "1.0") + token("older") + "Connection: Keep-Alive\r\n\r\n";
    try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
      String first = socket.say(issue).until("}");
      String second = socket.say(issue).until("}");

      assertThat(first).startsWith("HTTP/1.1 202").containsIgnoringCase("connection: keep-alive");
      assertThat(second).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: keep-alive");
    }
  }

  @Test
  void an_older_client_that_says_nothing_of_it_is_answered_once() throws IOException {
    try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
      socket.say(
          "POST /api/v1/campaigns/connection/issues HTTP/1.0\r\n" + token("oldest") + "\r\n");

      assertThat(socket.untilClosed())
          .contains("\"sequence\"")
          .containsIgnoringCase("connection: close");
    }
  }

  /** A view is answered before the end of its body, which is then found to be broken. */
  @Test
  void what_was_asked_before_broken_http_is_answered() throws IOException {
    String broken = VIEW + "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length\r\n\r\n";
    String issue = ISSUE + token("before-broken-http") + "\r\n";
    for (int i = 0; i < TIMES / 10; i++) {
      try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
        String heard = socket.say(issue + (VIEW + "\r\n").repeat(2) + broken).untilClosed();

        assertThat(heard).contains("\"sequence\"");
        assertThat(heard.split("HTTP/1.1 200", -1)).hasSizeGreaterThanOrEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {129, 1_000})
  void every_pipelined_request_is_answered(int count) throws IOException {
    String issue = ISSUE + token("pipelines-" + count) + "\r\n";
    String refused = "POST /api/v1/campaigns/x/issues HTTP/1.1\r\nHost: a\r\n\r\n";
    try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
      socket.say(issue.repeat(count / 2) + (refused + VIEW + "\r\n").repeat(count / 4));
      String heard = socket.say("GET /end HTTP/1.1\r\nHost: a\r\n\r\n").saidAll().untilClosed();

      assertThat(answers(heard)).isEqualTo(count / 2 + count / 4 * 2 + 1);
    }
  }

  /**
   * It ends the connection after its own answer, and not after the one before; many times, because
   * two threads may meet in it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /end HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /end HTTP/1.0\r\n\r\n",
        "GET /end HTTP/1.1\r\n\r\n",
        "HELLO\r\n\r\n"
      })
  void the_last_request_is_answered_also_if_it_comes_before_another_answer(String last)
      throws IOException {
    String audit = "GET /api/v1/admin/audit HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ";
    for (int i = 0; i < TIMES; i++) {
      String first = i % 2 == 0 ? audit + api.server().admin() + "\r\n\r\n" : VIEW + "\r\n";
      try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
        String heard = socket.say(first + last).untilClosed();

        assertThat(answers(heard)).as("the %dth: %s", i, heard).isEqualTo(2);
      }
    }
  }

  @Test
  void a_client_that_sends_no_more_gets_its_answers() throws IOException {
    String issue = ISSUE + token("half-closes") + "\r\n";
    try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
      String heard = socket.say(issue).saidAll().untilClosed();

      assertThat(heard).startsWith("HTTP/1.1 202").contains("\"sequence\"");
    }
    try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
      String heard = socket.say(VIEW + "\r\n" + issue + VIEW + "\r\n").saidAll().untilClosed();

      assertThat(answers(heard)).isEqualTo(3);
    }
  }

  @Test
  void a_client_that_sends_no_more_in_the_middle_of_a_request_is_left_at_once() throws IOException {
    for (String half : List.of("", ISSUE, ISSUE + "Content-Length: 9\r\n\r\nx", VIEW.strip())) {
      try (RawSocket socket = new RawSocket(api.server(), Duration.ofSeconds(8))) {
        assertThat(socket.say(half).saidAll().untilClosed())
            .as(half)
            .matches("(?s)(HTTP/1.1 400.*)?");
      }
    }
  }

  /** Of both ways: the hot call's, and WebFlux's with a large file. */
  @ParameterizedTest
  @ValueSource(strings = {ISSUE, "GET /swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: a\r\n"})
  void who_does_not_read_is_left(String call) throws IOException {
    try (RawSocket socket = new RawSocket(api.server(), UNREAD)) {
      assertThat(socket.isLeftWhileSaying(call + token("never-reads") + "\r\n", UNREAD)).isTrue();
    }
    api.send(Call.get(Api.CAMPAIGNS + "/" + ID)).is(200);
  }

  /** So often, because a streamed answer's exchange is taken down at some time after its end. */
  @Test
  void a_broken_request_right_behind_a_streamed_answer_is_answered() throws IOException {
    String admin = "Host: a\r\nAuthorization: Bearer " + api.server().admin() + "\r\n";
    for (int i = 0; i < 300; i++) {
      try (RawSocket socket = new RawSocket(api.server(), AT_ONCE)) {
        socket.say("HEAD /api/v1/admin/failures.csv HTTP/1.1\r\n" + admin + "\r\n");
        assertThat(socket.untilHead()).startsWith("HTTP/1.1 200");

        socket.say("GET /api/v1/admin/repairs HTTP/1.1\r\n" + admin + "X: a\u0001b\r\n\r\n");
        assertThat(socket.untilClosed()).startsWith("HTTP/1.1 400").contains("MALFORMED");
      }
    }
  }

  private static int answers(String heard) {
    return heard.split("HTTP/1\\.[01] ", -1).length - 1;
  }
}
