package io.sunchak.server.fuzz;

import static io.sunchak.server.fuzz.FuzzRequest.utf8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What no well-behaved client sends. In every text a character is a byte. */
final class Oddities {
  private static final String LONG = "9".repeat(40);

  static final List<String> METHODS =
      words("GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT BREW get");

  /** Where nothing is, or nothing but the framework. */
  static final List<String> PATHS =
      words(
          """
          /favicon.ico /actuator /actuator/health/ledger /actuator/health/x/y /actuator/env/x
          /actuator/loggers /actuator/heapdump /error /webjars/x /api /api/v1 /API/v1/campaigns
          /api/v1/admin /api/v1/admin/x /c/a/b/c /c/../api/v1/admin/campaigns /assets/a/b
          /assets/../application.yaml /application.yaml /swagger-ui/..%2f..%2fapplication.yaml
          // /. /* * /x ///api/v1/campaigns http://a/api/v1/campaigns http:/// a: ?x
          """);

  /** Behind a path. */
  static final List<String> ENDS =
      words(
          """
          / // /.. /../.. /%2e%2e /%2F /%00 /%0d%0aX:y /x /x/y ;a=b /%ff /' /* /x.js /. %20 % /%zz
          /| /{x} /" /쿠폰 /%25 ? & ?q ?limit ?limit=5&limit=6 ?LIMIT=0 ?limit[]=5 ?a|b ?a=%ff ?%zz
          ?x=${jndi:ldap://x} ?userId=u2&sub=u2 ?access_token=x #fragment
          """,
          "/" + "a".repeat(300), "?x=" + "y".repeat(3_000), "?" + "a=b&".repeat(300));

  /** In the place of a path's variable. */
  static final List<String> SEGMENTS =
      words(
          """
          A -a a_b a.b a%00 a%20 a%0a a%2Fb %2e%2e . .. %ff %25 '%20OR%201=1-- ${jndi:ldap://x}
          %EC%BF%A0%ED%8F%B0 %E2%80%AE %ED%A0%80 a;x=1 a* ~ 0 -1 a:1 a:0 a:-1 a:1:1
          99999999999999999999 a:99999999999999999999 a:9223372036854775807
          """,
          "a".repeat(64), "a".repeat(65), "a".repeat(2_000));

  /** Values of query parameters. */
  static final List<String> VALUES =
      words(
          """
          0 -1 1 1000 1001 1e2 1.0 ten %2B5 %D9%A3 %00 a%0A %20 99999999999999999999 null A - a%27b
          9223372036854775807 9223372036854775808 -9223372036854775808 2147483648 OPEN open OPEN,VOID
          %E2%80%AE %F0%9F%8E%9F %ff %25 %5C _%25 :1 a: a:b 2020-01-01T00:00:00Z
          """,
          "", "x".repeat(500), "x".repeat(501));

  /** Header lines that are HTTP, whatever they say. */
  static final List<String> HEADERS =
      lines(
          """
          Accept: x
          Accept: */*;q=x
          Accept: text/event-stream
          Accept: application/xml
          Accept: application/json;q=0
          Accept:
          Accept-Language: x
          Accept-Charset: utf-16
          Accept-Encoding: x, gzip;q=x
          Accept-Encoding: gzip
          Range: bytes=0-1,5-
          Range: x
          Content-Type: x
          Content-Type: a/b;c
          Content-Type: text/plain
          Content-Type: application/json;charset=utf-16
          Content-Type: application/x-www-form-urlencoded
          Content-Type: multipart/form-data
          Content-Encoding: gzip
          If-None-Match: *
          If-None-Match: "
          If-Modified-Since: x
          If-Match: *
          If-Match: "
          If-Unmodified-Since: Mon, 01 Jan 2001 00:00:00 GMT
          Origin: http://[x
          Origin: null
          Access-Control-Request-Method: x
          Cookie: a=b; c
          Upgrade: websocket
          Connection: Upgrade, HTTP2-Settings
          Upgrade: h2c
          Connection: close
          Connection: keep-alive, x
          X-Forwarded-For: 1.2.3.4
          X-Forwarded-Host: [
          X-Forwarded-Prefix: /../x
          Forwarded: for="
          X-HTTP-Method-Override: DELETE
          X-User-Id: u2
          Prefer: respond-async
          TE: trailers
          Trailer: X
          Expect: 100-continue
          Max-Forwards: 0
          """,
          "X: " + utf8("쿠폰") + "\u00FF",
          "X: " + "y".repeat(5_000));

  /** Header lines that are no HTTP, or that nobody can act on. */
  static final List<String> BROKEN_HEADERS =
      lines(
          "X : y\n: y\nX\n(x): y\n X: y\nHost: b\nExpect: x", "X: a\0b", "X: a\u0001b", "X: a\rb");

  /** In the place of the Host header; a server may refuse some of them. */
  static final List<String> HOSTS =
      lines("\na:b\na:99999999999\n[::1]:80\n[\na b\na/b@c\n%zz\na,b", utf8("쿠폰"));

  /** Values of If-Match. */
  static final List<String> TAGS =
      lines(
          """
          "0"
          "1"
          "2"
          W/"1"
          W/"2-gzip"
          "1"-br
          w/"1"
          1
          "01"
          "+1"
          "1"1"
          "*"
          *, "2"
          "1", "2", "3"
          "3,1"

          "
          ,
          "9223372036854775808"
          """,
          "\"" + "1".repeat(3_000) + "\"");

  /** Whole JSON values, and what is none. */
  static final List<String> JSON =
      words(
          """
          null true false 0 -0 -1 1 1.5 600.0 6e2 6001e-1 0600 +1 0x10 NaN 1e400 1e-400 1e999999999
          -6e2 2147483647 2147483648 1000000000000 1000000000001 9223372036854775807
          9223372036854775808 "" "\\t" "x" "600" [] [600] {} [[]] {"a":{}} 'x' x
          """,
          "",
          LONG,
          "[".repeat(11) + "]".repeat(11),
          "[".repeat(1_500),
          "{\"a\":".repeat(700));

  /** Insides of JSON strings, also such as are no UTF-8. */
  static final List<String> TEXTS =
      lines(
          """
          x
          A
          -a
          a_b
          쿠폰
          🎟
          \\ud83c\\udf9f
          \\ud83d
          \\udc00x
          \\u0000
          \\u202ednuora
          \\u200f
          \\u3164
          two\\nlines
          \\udb40\\udc41
          \\ufffe
          \\x
          \\u12
          '; DROP TABLE campaign; --
          ${jndi:ldap://x}
          <script>
          %00
          =1+1
          2020-01-01
          2020-01-01T00:00:00
          2020-02-30T00:00:00Z
          2016-12-31T23:59:60Z
          1999-12-31T23:59:59Z
          +999999999-01-01T00:00:00Z
          2200-01-01T00:00:00.001Z
          2020-01-01t09:00:00+09:00
          """,
          "",
          " ",
          "a\tb",
          "\u00FF",
          "\u00C0\u00AF",
          "\u00ED\u00A0\u0080",
          "\u00F4\u0090\u0080\u0080",
          "x".repeat(200),
          "x".repeat(201),
          "x".repeat(501),
          "x".repeat(3_900));

  /** Names of fields that no operation has. */
  static final List<String> FIELDS =
      words("userId sub issuedAt ID Name __proto__ $ref 쿠폰", "", "x".repeat(300));

  private Oddities() {}

  private static List<String> words(String text, String... more) {
    return all(Stream.of(text.strip().split("\\s+")), more);
  }

  private static List<String> lines(String text, String... more) {
    return all(text.lines(), more);
  }

  private static List<String> all(Stream<String> texts, String... more) {
    List<String> all = new ArrayList<>(texts.map(FuzzRequest::utf8).toList());
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
