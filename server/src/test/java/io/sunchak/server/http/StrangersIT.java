package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.HeardLog;
import io.sunchak.server.testing.RawSocket;
import io.sunchak.server.testing.ServerExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever has no token cannot make the server fail, nor fill its log, nor write into it. */
@ExtendWith(ServerExtension.class)
@Timeout(300)
class StrangersIT {
  private static final long SEED = 20261127;
  private static final int REQUESTS = 1_500;

  /** In every request somewhere; must never stand in the log. */
  private static final String MARK = "zq7stranger";

  private static final List<String> METHODS =
      List.of(
          "GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE",
          "CONNECT", "BREW");
  private static final List<String> BESIDES =
      List.of(
          "/",
          "/favicon.ico",
          "/actuator",
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness",
          "/actuator/health/ledger",
          "/actuator/health/x/y",
          "/actuator/health/ledger/x",
          "/actuator/health/readiness/admission/z",
          "/actuator/prometheus",
          "/actuator/env/x",
          "/actuator/loggers",
          "/error",
          "/webjars/x",
          "/c/a/b/c",
          "/assets/a/b",
          "/swagger-ui/a/b");
  private static final List<String> ENDS =
      List.of(
          "",
          "",
          "",
          "/",
          "//",
          "/..",
          "/../..",
          "/%2e%2e",
          "/%2F",
          "/%00",
          "/%0d%0aX:y",
          "/" + MARK,
          "/" + MARK + "/y",
          ";a=" + MARK,
          "/%ff",
          "/%zz",
          "/|",
          "/{x}",
          "/*",
          "/" + "a".repeat(300),
          "/%EC%BF%A0%ED%8F%B0",
          "/'",
          "/\"",
          "/x.js",
          "/.svg",
          "/.");
  private static final List<String> QUERIES =
      List.of(
          "",
          "?q=" + MARK,
          "?limit=" + MARK,
          "?limit=-1&cursor=%00",
          "?cursor=" + MARK,
          "?%zz",
          "?a=%ff",
          "?limit=5&limit=6",
          "?" + MARK + "=${jndi:ldap://x}",
          "?a|b");
  private static final List<String> HEADERS =
      List.of(
          "",
          "",
          "",
          "Accept: " + MARK,
          "Accept: */*;q=x",
          "Accept: text/event-stream",
          "Accept: application/xml",
          "Accept-Encoding: " + MARK + ", gzip;q=x",
          "Range: bytes=0-1,5-",
          "Range: " + MARK,
          "Content-Type: " + MARK,
          "Content-Type: a/b;c",
          "Content-Length: 0",
          "Content-Length: 3",
          "Transfer-Encoding: chunked",
          "Expect: " + MARK,
          "Expect: 100-continue",
          "If-None-Match: " + MARK,
          "If-None-Match: \"",
          "If-Modified-Since: " + MARK,
          "Authorization: Bearer " + MARK,
          "Authorization: Bearer a.b.c",
          "Authorization: Basic eA==",
          "Origin: " + MARK,
          "Origin: http://[x",
          "Cookie: a=" + MARK,
          "Upgrade: websocket",
          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
          "X-Forwarded-For: " + MARK,
          "X-Forwarded-Host: " + MARK,
          "X-HTTP-Method-Override: " + MARK,
          "X: " + "y".repeat(5_000),
          "X: " + "y".repeat(9_000),
          "Host: b",
          "X : y");
  private static final List<String> HOSTS =
      List.of(
          "a",
          "a",
          "a",
          "a",
          "a",
          "",
          "a:b",
          "a:99999999999",
          "[::1]:80",
          "[",
          "a b",
          MARK,
          "a/b@c");

  private final Random random = new Random(SEED);

  @Test
  void no_request_without_a_token_fails_or_is_logged(Api api) throws IOException {
    List<String> paths =
        Stream.concat(
                api.server().bean(Routes.class).table().stream().map(Routes.Route::path),
                BESIDES.stream())
            .toList();
    await().atMost(Duration.ofSeconds(60)).until(() -> api.get("/actuator/health").status() == 200);
    TreeMap<String, List<String>> failed = new TreeMap<>();
    try (HeardLog log = new HeardLog()) {
      for (int i = 0; i < REQUESTS; i++) {
        String request = i < BESIDES.size() ? plain(BESIDES.get(i)) : request(paths);
        String answer = answer(api, request);
        if (!answer.matches("(?s)HTTP/1.[01] [1-4].*")) {
          failed.computeIfAbsent(firstLine(answer), any -> new ArrayList<>()).add(request);
        }
      }

      assertThat(failed).as("seed %d", SEED).isEmpty();
      assertThat(log.entries()).as("seed %d", SEED).noneMatch(entry -> entry.contains(MARK));
      assertThat(log.entries()).as("seed %d", SEED).isEmpty();
    }
  }

  /** Who leaves in the middle is no defect either. */
  @Test
  void leaving_before_the_answer_is_not_logged(Api api) throws IOException {
    try (HeardLog log = new HeardLog()) {
      for (int i = 0; i < 200; i++) {
        try (RawSocket socket = new RawSocket(api.server())) {
          socket.resetOnClose().say(plain("/api/v1/campaigns?limit=1000").repeat(1 + i % 3));
        }
      }
      api.get(Api.CAMPAIGNS).is(200);

      assertThat(log.entries()).isEmpty();
    }
  }

  private static String plain(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private String request(List<String> paths) {
    String path =
        any(paths).replaceAll("\\{[^}]*}", any(List.of(MARK, "nobodys", "a%20b", "A", "1")));
    String version = random.nextInt(50) == 0 ? "HTTP/1.0" : "HTTP/1.1";
    String header = any(HEADERS);
    return any(METHODS)
        + " "
        + path
        + any(ENDS)
        + any(QUERIES)
        + " "
        + version
        + "\r\nHost: "
        + any(HOSTS)
        + "\r\n"
        + (header.isEmpty() ? "" : header + "\r\n")
        + "\r\n";
  }

  /** With the body that was announced, and no more to come: then the server ends it. */
  private static String answer(Api api, String request) throws IOException {
    String body =
        request.contains("Content-Length: 3")
            ? "abc"
            : request.contains("chunked") ? "0\r\n\r\n" : "";
    try (RawSocket socket = new RawSocket(api.server(), Duration.ofSeconds(30))) {
      return socket.say(request + body).untilHead();
    }
  }

  private static String firstLine(String answer) {
    return answer.isEmpty() ? "no answer" : answer.lines().findFirst().orElseThrow();
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
