package io.sunchak.server.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.LiveServer;
import io.sunchak.server.testing.RawSocket;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every request is sent to a real server twice: as it is, and behind an empty line, which has the
 * HTTP codec read it and changes nothing else. Both get the same bytes. {@code
 * -Dsunchak.bypass.seed=s} plays the seed of a finding again.
 */
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class CodecBypassIT {
  private static final long SEED =
      Long.getLong("sunchak.bypass.seed", ThreadLocalRandom.current().nextInt(1_000_000_000));
  private static final int ANY = 1_000;
  private static final int CONVERSATIONS = 150;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String UNLIMITED = "1000000000";
  private static final String NONE = "GET /api/v1/campaigns/none HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String NOTHING = "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String CREATE = "POST /api/v1/admin/campaigns HTTP/1.1\r\nHost: a\r\n";

  private final LiveServer server;
  private final Api api;
  private final String holder;
  private final List<String> plain;

  CodecBypassIT(EmbeddedEngines engines) {
    server =
        LiveServer.start(
            engines,
            Map.of(
                "sunchak.limits.user-burst", UNLIMITED,
                "sunchak.limits.user-per-second", UNLIMITED,
                "sunchak.limits.address-burst", UNLIMITED,
                "sunchak.limits.address-per-second", UNLIMITED,
                "sunchak.proxies", "127.0.0.1",
                "sunchak.cors.origins", "https://shop.example"),
            DecodedRequests.class);
    api = new Api(server);
    api.create("bypass", null);
    api.create("bypass-sold-out", 1);
    api.create("bypass-later", null, "2090-01-01T00:00:00Z", "2099-01-01T00:00:00Z");
    api.create("bypass-paused", null);
    api.ask("pause", "bypass-paused").is(200);
    api.issue("bypass", "holder").is(202);
    api.issue("bypass-sold-out", "holder").is(202);
    holder = "Authorization: Bearer " + server.user("holder") + "\r\n";
    plain = plain();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static String issue(String campaign, String headers) {
    return "POST /api/v1/campaigns/" + campaign + "/issues HTTP/1.1\r\nHost: a\r\n" + headers;
  }

  /** What clients send whose answer is always the same. */
  private List<String> plain() {
    String late = "Authorization: Bearer " + server.user("late") + "\r\n";
    String page =
        """
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0\r
        Accept: application/json\r
        Accept-Encoding: gzip, deflate, br\r
        Origin: https://shop.example\r
        Content-Length: 0\r
        Connection: keep-alive\r
        Cookie: a=b; c="d"\r
        """;
    return List.of(
        issue("bypass", holder + "\r\n"),
        issue("bypass", "Content-Length: 0\r\n" + holder + "\r\n"),
        issue("bypass", page + holder + "\r\n"),
        issue("bypass", "X-Forwarded-For: 192.0.2.1, 10.0.0.1\r\n" + holder + "\r\n"),
        issue("bypass-sold-out", holder + "Accept: */*\r\n\r\n"),
        issue("bypass-sold-out", late + "user-agent:curl/8.5.0\r\n\r\n"),
        issue("bypass-later", late + "\r\n"),
        issue("bypass-paused", "Origin: https://other.example\r\n" + late + "\r\n"),
        issue("none", late + "\r\n"),
        issue("no.campaign~", late + "\r\n"),
        issue("bypass", "\r\n"),
        issue("bypass", "Authorization: Bearer a.b.c\r\n\r\n"),
        issue("bypass", "Authorization: Basic dTE6cHc=\r\n\r\n"),
        NONE);
  }

  private int decoded() {
    return server.bean(DecodedRequests.Count.class).get();
  }

  /** All that is answered to these reads, and how the connection ends. */
  private String heard(String request) throws IOException {
    try (RawSocket socket = new RawSocket(server, PATIENCE)) {
      socket.sayIfOpen(request);
      return socket.saidAll().untilClosed();
    }
  }

  /** A reset may take answers back that were sent: a difference is there each time. */
  private void assertSame(String request) throws IOException {
    String taken = "";
    String decoded = "other";
    for (int i = 0; i < 3 && !taken.equals(decoded); i++) {
      taken = heard(request);
      decoded = heard("\r\n" + request);
    }
    assertThat(taken).as("seed %d, %s", SEED, request).isEqualTo(decoded);
  }

  @Test
  void a_plain_request_does_not_pass_the_codec_and_gets_the_same_bytes() throws IOException {
    for (String request : plain) {
      int before = decoded();
      String taken = heard(request);
      assertThat(decoded()).as(request).isEqualTo(before);

      assertThat(taken).startsWith("HTTP/1.1 ").contains("Vary: Origin");
      assertThat(taken).isEqualTo(heard("\r\n" + request));
      assertThat(decoded()).as(request).isEqualTo(before + 1);
    }
  }

  @Test
  void each_oddity_gets_the_same_answer_on_both_ways() throws IOException {
    for (String request : List.of(plain.get(0), plain.get(2), NONE)) {
      for (String odd : OddRequests.each(request)) {
        assertSame(odd);
      }
    }
  }

  @Test
  void any_oddities_together_get_the_same_answer() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < ANY; i++) {
      assertSame(OddRequests.any(plain.get(random.nextInt(plain.size())), random));
    }
  }

  @Test
  void each_byte_that_is_changed_gets_the_same_answer() throws IOException {
    Random random = new Random(SEED);
    String request = issue("bypass", "Content-Length: 0\r\n" + holder + "\r\n");
    for (int i = 0; i < request.length(); i++) {
      for (char other : new char[] {' ', '\n', (char) random.nextInt(256)}) {
        assertSame(request.substring(0, i) + other + request.substring(i + 1));
      }
    }
  }

  @Test
  void a_request_in_two_reads_is_answered_once_wherever_it_is_cut() throws IOException {
    String request = plain.getFirst();
    String whole = heard("\r\n" + request);
    for (int i = 1; i < request.length(); i++) {
      try (RawSocket socket = new RawSocket(server, PATIENCE)) {
        socket.say(request.substring(0, i));
        readByTheServer();
        socket.say(request.substring(i));

        assertThat(socket.saidAll().untilClosed()).as("cut at %d", i).isEqualTo(whole);
      }
    }
  }

  /** Other connections' answers: by then the loops have read what was sent before. */
  private void readByTheServer() throws IOException {
    for (int i = 0; i < 4; i++) {
      heard(NONE);
    }
  }

  /** What looks like a whole request is not one where the bytes before it say so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /nothing HTTP/1.1\r\nHost: a\r\nX: ",
        "GET /nothing HTTP/1.1\r\nHost: a\r\nX: y\r\n",
        "GET /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n",
        "POST /nothing HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n",
        "POST /nothing HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        "POST /api/v1/campaigns/bypass/issues HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n",
        "POST /nothing HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 900\r\n\r\n",
        "HELLO\r\n\r\n",
        "G"
      })
  void what_belongs_to_an_earlier_request_is_not_taken_for_one(String begun) throws IOException {
    String smuggled =
        issue("bypass", "Authorization: Bearer " + server.user("smuggled") + "\r\n\r\n");
    try (RawSocket socket = new RawSocket(server, PATIENCE)) {
      socket.say(begun);
      readByTheServer();
      socket.sayIfOpen(smuggled);

      assertThat(socket.saidAll().untilClosed()).doesNotContain("sequence");
    }
    api.mine("bypass", "smuggled").is(404);
  }

  /** Reads of one or more requests, plain and others, on one connection. */
  @Test
  void conversations_are_the_same_on_both_ways() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < CONVERSATIONS; i++) {
      List<List<String>> reads = new ArrayList<>();
      for (int read = random.nextInt(8); read >= 0; read--) {
        List<String> requests = new ArrayList<>();
        for (int request = random.nextInt(3); request >= 0; request--) {
          requests.add(said(random));
        }
        reads.add(requests);
      }
      assertThat(conversation(reads, ""))
          .as("seed %d, %s", SEED, reads)
          .isEqualTo(conversation(reads, "\r\n"));
    }
  }

  private String said(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> NOTHING;
      case 1 -> NONE;
      case 2 -> CREATE + "Content-Length: 3\r\n\r\n{a}";
      case 3 -> CREATE + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n\r\n";
      case 4 -> issue("bypass", "Content-Length: 3\r\n" + holder + "\r\nabc");
      default -> plain.get(random.nextInt(plain.size()));
    };
  }

  /** Each read is sent when all before it is answered. */
  private String conversation(List<List<String>> reads, String front) throws IOException {
    StringBuilder heard = new StringBuilder();
    try (RawSocket socket = new RawSocket(server, PATIENCE)) {
      for (List<String> requests : reads) {
        socket.say(front + String.join(front, requests));
        for (int answers = 0; answers < requests.size(); ) {
          String part = socket.until("}");
          answers += (int) part.chars().filter(c -> c == '}').count();
          heard.append(part);
        }
      }
    }
    return heard.toString();
  }

  @Test
  void after_other_requests_a_plain_one_is_taken_again() throws IOException {
    try (RawSocket socket = new RawSocket(server, PATIENCE)) {
      for (int i = 0; i < 20; i++) {
        socket.say(NOTHING).until("}");
        socket.say(CREATE + "Content-Length: 1\r\n\r\na").until("}");
        readByTheServer(); // which knows by then that the answer is sent
        int before = decoded();
        socket.say(plain.getFirst()).until("}");

        assertThat(decoded()).isEqualTo(before);
      }
    }
  }

  /** The first is still being decided when the others come. */
  @Test
  void requests_that_come_meanwhile_are_answered_in_their_order() throws IOException {
    for (int i = 0; i < 50; i++) {
      String first = "Authorization: Bearer " + server.user("first-" + i) + "\r\n\r\n";
      try (RawSocket socket = new RawSocket(server, PATIENCE)) {
        socket.say(issue("bypass", first));
        socket.say(NONE);
        socket.say(issue("bypass", first)).say(NOTHING);

        assertThat(socket.saidAll().untilClosed().split("HTTP/1.1 "))
            .extracting(answer -> answer.isEmpty() ? "" : answer.substring(0, 3))
            .containsExactly("", "202", "404", "200", "404");
      }
    }
  }
}
