package io.sunchak.server.fuzz;

import java.util.List;
import java.util.stream.Stream;

/**
 * Heads and bodies whose end two readers may see in different places. Behind each head a smuggled
 * request follows, which no reader may take for one. {@code <n>} stands for its length.
 */
final class Framings {
  /** Header lines of which the server must refuse each, before a body in plain bytes. */
  static final List<String> LENGTHS =
      """
      Content-Length: <n>|Content-Length: 0
      Content-Length: 0|Content-Length: <n>
      Content-Length: <n>, 0
      Content-Length: 0, <n>
      Content-Length: +<n>
      Content-Length: -1
      Content-Length: 0x10
      Content-Length: 1e1
      Content-Length: 1.0
      Content-Length: 0 0
      Content-Length: x
      Content-Length: 99999999999999999999
      Content-Length : <n>
      Content-Length: <n>|Transfer-Encoding: chunked
      Transfer-Encoding: chunked|Content-Length: <n>
      Transfer-Encoding: chunked|Content-Length: 0
      Transfer-Encoding: gzip
      Transfer-Encoding: identity
      Transfer-Encoding: xchunked
      Transfer-Encoding: chunked, gzip
      Transfer-Encoding: chunked, identity
      Transfer-Encoding: "chunked"
      Transfer-Encoding : chunked
      Transfer-Encoding: chunked|Transfer-Encoding: identity
      Transfer-Encoding: identity|Transfer-Encoding: chunked
      X: a<NUL>b|Content-Length: 0
      X: a<CR>Content-Length: <n>|Content-Length: 0
      X: a<LF>Content-Length: <n>|Content-Length: 0
      """
          .lines()
          .map(line -> line.replace("<NUL>", "\0").replace("<CR>", "\r").replace("<LF>", "\n"))
          .map(line -> line.replace("|", "\r\n") + "\r\n\r\n")
          .toList();

  /** Beginnings of a chunked body that is none. */
  static final List<String> CHUNKS =
      Stream.of(
              "zz\r\n",
              "\r\n",
              "-1\r\n",
              "+5\r\n",
              "0x5\r\n",
              "5 5\r\nhello\r\n",
              "FFFFFFFFFFFFFFFFF\r\n",
              "80000000\r\n\r\n0\r\n\r\n",
              "5\r\nhello!\r\n0\r\n\r\n",
              "5\r\nhello0\r\n\r\n",
              "1\r\n{\r\nzz\r\n\r\n",
              "5\r\nhel\r\n0\r\n\r\n",
              "\0\r\n0\r\n\r\n",
              ";x=y\r\n0\r\n\r\n",
              "0\r\nContent-Length\r\n\r\n",
              "0\r\nX: a\0b\r\n\r\n")
          .map(body -> "Transfer-Encoding: chunked\r\n\r\n" + body)
          .toList();

  private Framings() {}
}
