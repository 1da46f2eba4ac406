package io.sunchak.server.fuzz;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.RawSocket;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads whole answers from a connection, as RFC 9112 frames them. An event stream counts as whole
 * with its first event. Belongs to one thread.
 */
final class AnswerReader {
  private static final String STATUS_LINE = "(?s)HTTP/1\\.[01] [1-5][0-9][0-9] .*";

  private final RawSocket socket;
  private final StringBuilder unread = new StringBuilder();
  private boolean last;

  AnswerReader(RawSocket socket) {
    this.socket = socket;
  }

  /**
   * The next final answer to a request by {@code method}.
   *
   * @throws IOException if the server closes before the answer is whole, is silent for too long, or
   *     says what is no HTTP
   */
  Answer next(String method) throws IOException {
    String head = until("\r\n\r\n");
    while (head.startsWith("HTTP/1.1 1")) {
      head = until("\r\n\r\n");
    }
    if (!head.matches(STATUS_LINE)) {
      throw new IOException("no status line: " + head);
    }
    int status = Integer.parseInt(head.substring(9, 12));
    HttpHeaders headers = headers(head);
    String connection = headers.firstValue("Connection").orElse("").toLowerCase(Locale.ROOT);
    boolean kept = connection.contains("keep-alive");
    last = connection.contains("close") || (head.startsWith("HTTP/1.0") && !kept);
    String body = method.equals("HEAD") || status == 204 || status == 304 ? "" : body(headers);
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return new Answer(status, headers, new String(bytes, StandardCharsets.UTF_8));
  }

  private static HttpHeaders headers(String head) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    head.lines()
        .skip(1)
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts ->
            all.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1].strip()));
    return HttpHeaders.of(all, (name, value) -> true);
  }

  private String body(HttpHeaders headers) throws IOException {
    if (headers.firstValue("Content-Type").orElse("").startsWith("text/event-stream")) {
      last = true;
      return until("\n\n");
    }
    if (headers.firstValue("Transfer-Encoding").isPresent()) {
      return chunks();
    }
    if (headers.firstValue("Content-Length").isPresent()) {
      return bytes(Integer.parseInt(headers.firstValue("Content-Length").get()));
    }
    last = true;
    return rest();
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.append(bytes(size));
      until("\r\n");
    }
    until("\r\n");
    return body.toString();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(until("\r\n").strip(), 16);
  }

  private String until(String end) throws IOException {
    while (unread.indexOf(end) < 0) {
      listen();
    }
    return cut(unread.indexOf(end) + end.length());
  }

  private String bytes(int count) throws IOException {
    while (unread.length() < count) {
      listen();
    }
    return cut(count);
  }

  /** Whether the server has closed, and nothing is left to be read; waits for either. */
  boolean isOver() throws IOException {
    try {
      unread.append(unread.isEmpty() ? socket.more() : "");
      return unread.isEmpty();
    } catch (SocketException reset) {
      return true; // closed with something of ours unread
    }
  }

  /** What comes until the server closes. */
  String rest() throws IOException {
    return cut(unread.length()) + socket.untilClosed();
  }

  private void listen() throws IOException {
    String part = socket.more();
    if (part.isEmpty()) {
      throw new IOException("closed after: " + unread);
    }
    unread.append(part);
  }

  private String cut(int count) {
    String cut = unread.substring(0, count);
    unread.delete(0, count);
    return cut;
  }

  /** Whether no other answer may follow the one read last on its connection. */
  boolean isLast() {
    return last;
  }

  /** What came behind the answer read last, without waiting for more. */
  String behind() {
    return unread.toString();
  }
}
