package io.sunchak.server.http.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Issue calls and oddities that can be put into them: one for each rule of {@link PlainRequest} and
 * each thing that the codec and the handlers behind it act on.
 */
final class OddRequests {
  /** Put in front of the headers; those with a body put it behind them. */
  private static final List<String> LINES =
      List.of(
          "Host: b\r\n",
          "host: a\r\n",
          "Content-Length: 0\r\n",
          "Content-Length: 00\r\n",
          "Content-Length: 0, 0\r\n",
          "Content-Length: +0\r\n",
          "Content-Length: -0\r\n",
          "Content-Length: 0x0\r\n",
          "Content-Length: 3\r\n|abc",
          "Content-Length: 3\r\n|ab",
          "Content-Length: 0\r\nContent-Length: 3\r\n|abc",
          "Transfer-Encoding: chunked\r\n|0\r\n\r\n",
          "Transfer-Encoding: chunked\r\n|3\r\nabc\r\n0\r\n\r\n",
          "Transfer-Encoding: chunked\r\n|z\r\n",
          "Transfer-Encoding: gzip\r\n",
          "Transfer-Encoding: identity\r\n",
          "Transfer-Encoding : chunked\r\n|0\r\n\r\n",
          "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n|0\r\n\r\n",
          "Expect: 100-continue\r\n",
          "Expect: 100-continue\r\nContent-Length: 3\r\n|abc",
          "Expect: other\r\n",
          "Connection: close\r\n",
          "Connection: keep-alive\r\n",
          "Connection: keep-alive, close\r\n",
          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
          "Upgrade: websocket\r\nConnection: Upgrade\r\n",
          "Authorization: Bearer a.b.c\r\n",
          "Authorization: Basic dTE6cHc=\r\n",
          "Authorization:\r\n",
          "X:\r\n",
          "X: a\r\n b\r\n",
          " X: a\r\n",
          "X: a\n",
          "X: a\rb\r\n",
          "X: a\0b\r\n",
          "X: \u0080\u00ff\r\n",
          "X: a\tb\r\n",
          "X:\ta\r\n",
          "X: a  \r\n",
          "X : a\r\n",
          "X\r\n",
          ": a\r\n",
          "X(: a\r\n",
          "\u00e9: a\r\n",
          "\r\n",
          "X: " + "x".repeat(600) + "\r\n",
          "X: " + "x".repeat(7_800) + "\r\n",
          "X: " + "x".repeat(8_200) + "\r\n",
          "X: " + "x".repeat(17_000) + "\r\n",
          "X: y\r\n".repeat(300),
          "Origin: https://shop.example\r\n",
          "Origin: https://other.example\r\n",
          "Origin: https://shop.example\r\nOrigin: https://other.example\r\n",
          "X-Forwarded-For: 10.0.0.1, 10.0.0.2\r\n");

  /** What stands in the request line, and what instead. */
  private static final List<List<String>> CHANGES =
      List.of(
          List.of("POST ", "post "),
          List.of("POST ", "PUT "),
          List.of("POST ", "GET "),
          List.of("POST ", "HEAD "),
          List.of("POST ", "POST  "),
          List.of("POST ", "POST\t"),
          List.of("POST ", " POST "),
          List.of("POST ", ""),
          List.of(" HTTP/1.1", " HTTP/1.0"),
          List.of(" HTTP/1.1", " HTTP/1.2"),
          List.of(" HTTP/1.1", " HTTP/2.0"),
          List.of(" HTTP/1.1", " http/1.1"),
          List.of(" HTTP/1.1", "  HTTP/1.1"),
          List.of(" HTTP/1.1", " HTTP/1.1 "),
          List.of(" HTTP/1.1", ""),
          List.of("/issues", "/issues?a=b"),
          List.of("/issues", "/issues;a=b"),
          List.of("/issues", "/issues#a"),
          List.of("/issues", "/%69ssues"),
          List.of("/issues", "/issues/"),
          List.of("/issues", "/issues/me"),
          List.of("/issues", "/ISSUES"),
          List.of("/issues", "/a/issues"),
          List.of("/issues", "/iss\u00e9ues"),
          List.of(" /api", " http://a/api"),
          List.of(" /api", " //api"),
          List.of(" /api", " api"),
          List.of(" /api", " /../api"),
          List.of("Host: a\r\n", ""),
          List.of("Host: a\r\n", "Host:\r\n"),
          List.of("\r\n", "\n"),
          List.of("\r\n\r\n", "\r\n"),
          List.of("\r\n\r\n", "\r\n\r\nx"),
          List.of("\r\n\r\n", "\r\n\r\n\r\n"),
          List.of("\r\n\r\n", "\r\n\r\nGET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"));

  private OddRequests() {}

  /** This request with each of the oddities alone. */
  static List<String> each(String request) {
    List<String> odd = new ArrayList<>();
    LINES.forEach(line -> odd.add(withLine(request, line)));
    CHANGES.forEach(change -> odd.add(request.replaceFirst(change.getFirst(), change.getLast())));
    return odd;
  }

  /** One with up to three oddities. */
  static String any(String request, Random random) {
    String odd = request;
    for (int i = random.nextInt(4); i > 0; i--) {
      List<String> choice = each(odd);
      odd = choice.get(random.nextInt(choice.size()));
    }
    return odd;
  }

  private static String withLine(String request, String line) {
    String[] parts = line.split("\\|", 2);
    int first = request.indexOf("\n") + 1;
    String headers = request.substring(0, first) + parts[0];
    return headers + request.substring(first) + (parts.length > 1 ? parts[1] : "");
  }
}
