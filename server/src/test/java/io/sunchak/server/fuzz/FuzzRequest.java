package io.sunchak.server.fuzz;

import io.sunchak.server.http.Code;
import io.sunchak.server.testing.Call;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * One request, with what may be answered to it. In every text a character is a byte. Immutable.
 *
 * @param seed makes the same request again
 * @param operation the operation of the OpenAPI file that it was made from, as {@code GET
 *     /path/{id}}
 * @param headers whole lines, without those of the framing
 * @param refusals codes that HTTP itself allows here, whatever the file says of the operation
 */
record FuzzRequest(
    long seed,
    String operation,
    String method,
    String target,
    String version,
    List<String> headers,
    String body,
    Framing framing,
    Rule rule,
    Set<Code> refusals) {

  /** How the body is sent. */
  enum Framing {
    NONE,
    LENGTH,
    CHUNKED
  }

  /** What the OpenAPI file says of the request as a whole. */
  enum Rule {
    /** It must not be refused as one that is wrong in itself. */
    ALLOWED,
    /** It must be refused. */
    FORBIDDEN,
    /** Any answer that the file has for the operation is right. */
    OPEN
  }

  /** The bytes to be sent. */
  String wire() {
    StringBuilder wire = new StringBuilder(method + " " + target + " " + version + "\r\n");
    headers.forEach(line -> wire.append(line).append("\r\n"));
    switch (framing) {
      case NONE -> wire.append("\r\n");
      case LENGTH ->
          wire.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
      case CHUNKED -> {
        int half = body.length() / 2;
        wire.append("Transfer-Encoding: chunked\r\n\r\n")
            .append(chunk(body.substring(0, half)))
            .append(chunk(body.substring(half)))
            .append("0\r\n\r\n");
      }
    }
    return wire.toString();
  }

  private static String chunk(String bytes) {
    return bytes.isEmpty() ? "" : Integer.toHexString(bytes.length()) + "\r\n" + bytes + "\r\n";
  }

  /** What the OpenAPI file's judge needs of it: a whole address leads where its path leads. */
  Call call() {
    return Call.of(method, target.replaceFirst("^https?://[^/?]*", ""));
  }

  /** The text's UTF-8 bytes, one a character. */
  static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
