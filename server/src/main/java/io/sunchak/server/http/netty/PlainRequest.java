package io.sunchak.server.http.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;
import io.sunchak.server.http.direct.DirectRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole HTTP/1.1 request without a body in the form in which nearly every client sends it. It is
 * recognised in the bytes of one read, which must hold this request and nothing else. Immutable.
 *
 * <p>The form is a strict part of what RFC 9112 allows, such that the HTTP codec would read the
 * same bytes as the same request: visible ASCII, one space between the parts of the request line, a
 * path of unreserved characters, lines that end with CRLF, header names that are tokens, values
 * without blanks around them, and no header by which the codec or a handler behind it would do
 * anything else than read the next request. All other bytes are not refused, but left to the codec.
 */
final class PlainRequest implements DirectRequest {
  /** Less than the codec accepts for the request line alone. */
  private static final int MOST_BYTES = 8 * 1024 - 1;

  private static final int MOST_HEADERS = 64;

  private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(ISO_8859_1);
  private static final byte[] LINE_END = "\r\n".getBytes(ISO_8859_1);

  /** Headers that must not be given twice, as bits. */
  private static final int HOST = 1;

  private static final int CONNECTION = 2;
  private static final int AUTHORIZATION = 4;
  private static final int CONTENT_LENGTH = 8;

  /** Which bytes may be in a path, in a method or a header's name, and in a header's value. */
  private static final boolean[] PATH = lettersDigitsAnd("/-._~");

  private static final boolean[] TOKEN = lettersDigitsAnd("!#$%&'*+-.^_`|~");
  private static final boolean[] VALUE = visible();

  private final byte[] head;
  private final String method;
  private final String target;
  private final int firstHeader;

  /** Where each header's line ends. */
  private final int[] lineEnds = new int[MOST_HEADERS];

  private int headers;
  private int seen;

  private PlainRequest(byte[] head, int methodEnd, int targetEnd) {
    this.head = head;
    this.method = text(head, 0, methodEnd);
    this.target = text(head, methodEnd + 1, targetEnd);
    this.firstHeader = targetEnd + VERSION.length;
  }

  private static String text(byte[] head, int start, int end) {
    return new String(head, start, end - start, ISO_8859_1);
  }

  /** The request in these bytes, which stay unread; null if they have another form. */
  static @Nullable PlainRequest of(ByteBuf bytes) {
    if (bytes.readableBytes() > MOST_BYTES) {
      return null;
    }
    byte[] head = ByteBufUtil.getBytes(bytes);
    int methodEnd = end(head, TOKEN, 0);
    int targetEnd = end(head, PATH, methodEnd + 1);
    boolean plain =
        has(head, methodEnd, ' ') && has(head, methodEnd + 1, '/') && has(head, targetEnd, VERSION);
    if (!plain) {
      return null;
    }
    PlainRequest request = new PlainRequest(head, methodEnd, targetEnd);
    return request.hasPlainHeaders() ? request : null;
  }

  private boolean hasPlainHeaders() {
    int line = firstHeader;
    while (!has(head, line, LINE_END)) {
      int end = headers == MOST_HEADERS ? -1 : plainEnd(line);
      if (end < 0) {
        return false;
      }
      lineEnds[headers++] = end;
      line = end + LINE_END.length;
    }
    return line == head.length - LINE_END.length && (seen & HOST) != 0;
  }

  /** Where this header's line ends; -1 if it is not plain. */
  private int plainEnd(int start) {
    int colon = end(head, TOKEN, start);
    int value = has(head, colon + 1, ' ') ? colon + 2 : colon + 1;
    int end = end(head, VALUE, value);
    boolean plain =
        colon > start
            && has(head, colon, ':')
            && end > value
            && !has(head, value, ' ')
            && !has(head, end - 1, ' ')
            && has(head, end, LINE_END)
            && isHarmless(start, colon, value, end);
    return plain ? end : -1;
  }

  /**
   * Whether the codec and the handlers behind it do nothing on account of this header. Those that
   * they act on all differ in length.
   */
  private boolean isHarmless(int start, int colon, int value, int end) {
    return switch (colon - start) {
      case 4 -> !is("host", start) || isFirst(HOST);
      case 6 -> !is("expect", start);
      case 7 -> !is("upgrade", start);
      case 10 -> !is("connection", start) || (isFirst(CONNECTION) && is("keep-alive", value, end));
      case 13 -> !is("authorization", start) || isFirst(AUTHORIZATION);
      case 14 -> !is("content-length", start) || (isFirst(CONTENT_LENGTH) && is("0", value, end));
      case 17 -> !is("transfer-encoding", start);
      default -> true;
    };
  }

  private boolean isFirst(int header) {
    boolean first = (seen & header) == 0;
    seen |= header;
    return first;
  }

  /** Whether this text, but for its case, stands here. */
  private boolean is(String text, int start) {
    int at = 0;
    while (at < text.length() && isSame(text.charAt(at), start + at)) {
      at++;
    }
    return at == text.length();
  }

  private boolean isSame(char letter, int at) {
    return at < head.length
        && AsciiString.toLowerCase((char) head[at]) == AsciiString.toLowerCase(letter);
  }

  private boolean is(String text, int start, int end) {
    return end - start == text.length() && is(text, start);
  }

  private static boolean has(byte[] head, int at, char one) {
    return at < head.length && head[at] == one;
  }

  private static boolean has(byte[] head, int at, byte[] all) {
    int end = at + all.length;
    return end <= head.length && Arrays.equals(head, at, end, all, 0, all.length);
  }

  /** Where the bytes from here on that are allowed end. */
  private static int end(byte[] head, boolean[] allowed, int from) {
    int at = from;
    while (at < head.length && allowed[head[at] & 0xff]) {
      at++;
    }
    return at;
  }

  private static boolean[] lettersDigitsAnd(String marks) {
    boolean[] allowed = new boolean[1 << Byte.SIZE];
    for (char c = '0'; c <= 'z'; c++) {
      allowed[c] = Character.isLetterOrDigit(c);
    }
    marks.chars().forEach(c -> allowed[c] = true);
    return allowed;
  }

  private static boolean[] visible() {
    boolean[] allowed = new boolean[1 << Byte.SIZE];
    Arrays.fill(allowed, ' ', '~' + 1, true);
    return allowed;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public boolean announcesBody() {
    return false;
  }

  @Override
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>(1);
    int line = firstHeader;
    for (int i = 0; i < headers; i++) {
      int colon = line + name.length();
      if (is(name, line) && has(head, colon, ':')) {
        values.add(text(head, colon + 1, lineEnds[i]).strip());
      }
      line = lineEnds[i] + LINE_END.length;
    }
    return values;
  }
}
