package io.sunchak.load.generator;

import io.sunchak.judge.Invocation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes the answer to an issue as one number: its status, and the sequence that it gave or the
 * problem code that it named. Looks for that one field in the bytes instead of parsing JSON: the
 * generator shares its cores with what it measures. Thread-safe.
 */
public final class AnswerCodec {
  /** No answer came. */
  public static final long MISSING = 0;

  private static final byte[] SEQUENCE = ascii("\"sequence\":");
  private static final byte[] CODE = ascii("\"code\":\"");
  private static final int STATUS_SHIFT = 48;
  private static final long DETAIL = (1L << STATUS_SHIFT) - 1;

  private final List<byte[]> codes = new ArrayList<>(List.of(new byte[0]));

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The number for this answer; a status of 0 and no body for one that did not come. */
  long encode(int status, byte[] body, int length) {
    long detail = status < 300 ? sequence(body, length) : code(body, length);
    return (long) status << STATUS_SHIFT | detail;
  }

  public static int status(long answer) {
    return (int) (answer >>> STATUS_SHIFT);
  }

  /** What one answer promises, by the same rules as for a recorded one. */
  public static Invocation.Result result(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    AnswerCodec codec = new AnswerCodec();
    return codec.result(codec.encode(status, bytes, bytes.length));
  }

  /** What the answer promises to whoever got it. */
  public Invocation.Result result(long answer) {
    int status = status(answer);
    long detail = answer & DETAIL;
    if (answer == MISSING) {
      return new Invocation.Unknown();
    }
    if (status < 300) {
      return detail == 0 ? new Invocation.Unknown() : new Invocation.Ok(detail);
    }
    String code = text((int) detail);
    // Only the server's own code promises "no effect": a proxy before it cannot know.
    boolean undecided =
        code.equals("OUTCOME_UNKNOWN") || (status >= 500 && (status != 503 || code.isEmpty()));
    return undecided
        ? new Invocation.Unknown()
        : new Invocation.Refused(code.isEmpty() ? "HTTP_" + status : code);
  }

  private static long sequence(byte[] body, int length) {
    long sequence = 0;
    for (int i = after(SEQUENCE, body, length); i < length && isDigit(body[i]); i++) {
      sequence = sequence * 10 + body[i] - '0';
    }
    return sequence & DETAIL;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private int code(byte[] body, int length) {
    int from = after(CODE, body, length);
    int to = from;
    while (to < length && body[to] != '"') {
      to++;
    }
    return number(body, from, to);
  }

  private synchronized int number(byte[] body, int from, int to) {
    for (int i = 0; i < codes.size(); i++) {
      if (Arrays.equals(codes.get(i), 0, codes.get(i).length, body, from, to)) {
        return i;
      }
    }
    codes.add(Arrays.copyOfRange(body, from, to));
    return codes.size() - 1;
  }

  private synchronized String text(int number) {
    return new String(codes.get(number), StandardCharsets.US_ASCII);
  }

  /** Where {@code field}'s value begins; the end when there is no such field. */
  private static int after(byte[] field, byte[] body, int length) {
    for (int i = 0; i <= length - field.length; i++) {
      if (Arrays.equals(field, 0, field.length, body, i, i + field.length)) {
        return i + field.length;
      }
    }
    return length;
  }
}
