package io.sunchak.load.generator;

import io.sunchak.judge.Invocation;
import io.sunchak.load.RecordedHistory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An answer as one number: its status, and the sequence it gave or which problem it named. Looks
 * for the one field that counts instead of parsing: the generator shares its cores with what it
 * measures. Thread-safe.
 */
public final class Words {
  /** No answer came. */
  public static final long NONE = 0;

  private static final byte[] SEQUENCE = ascii("\"sequence\":");
  private static final byte[] CODE = ascii("\"code\":\"");
  private static final int STATUS_SHIFT = 48;
  private static final long DETAIL = (1L << STATUS_SHIFT) - 1;

  private final List<byte[]> codes = new ArrayList<>(List.of(new byte[0]));

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The word for this answer. */
  long of(int status, byte[] body, int length) {
    long detail = status < 300 ? sequence(body, length) : code(body, length);
    return (long) status << STATUS_SHIFT | detail;
  }

  public static int status(long word) {
    return (int) (word >>> STATUS_SHIFT);
  }

  /** What the judge makes of it: the same rules as for every other client. */
  public Invocation.Result result(long word) {
    int status = status(word);
    if (word == NONE) {
      return new Invocation.Unknown();
    }
    return status < 300
        ? RecordedHistory.result(status, word & DETAIL, "")
        : RecordedHistory.result(status, 0, text((int) (word & DETAIL)));
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
