package io.sunchak.simulator.redis.store;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;

/** An entry's id: two numbers of 64 bits without a sign. */
record StreamId(long ms, long seq) implements Comparable<StreamId> {
  static final StreamId LEAST = new StreamId(0, 0);
  static final StreamId GREATEST = new StreamId(-1, -1);

  private static final Comparator<StreamId> ORDER =
      Comparator.comparing(StreamId::ms, Long::compareUnsigned)
          .thenComparing(StreamId::seq, Long::compareUnsigned);

  /** Redis reads an id into a buffer of this many characters. */
  private static final int LONGEST = 127;

  /**
   * Reads {@code ms-seq} or {@code ms}.
   *
   * @param missing the second number when there is none
   * @throws RedisErrorException when it is none
   */
  static StreamId parse(String text, long missing) {
    int dash = text.indexOf('-');
    OptionalLong ms = unsigned(dash < 0 ? text : text.substring(0, dash));
    OptionalLong seq = dash < 0 ? OptionalLong.of(missing) : unsigned(text.substring(dash + 1));
    if (text.length() > LONGEST || ms.isEmpty() || seq.isEmpty()) {
      throw new RedisErrorException("ERR Invalid stream ID specified as stream command argument");
    }
    return new StreamId(ms.getAsLong(), seq.getAsLong());
  }

  /** As C's {@code strtoull}: spaces and a sign may come before the digits; below zero is none. */
  private static OptionalLong unsigned(String text) {
    int at = 0;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    boolean minus = text.startsWith("-", at);
    int digits = minus || text.startsWith("+", at) ? at + 1 : at;
    if (digits == text.length() || !text.chars().skip(digits).allMatch(StreamId::isDigit)) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseUnsignedLong(text, digits, text.length(), 10);
      return minus && number != 0 ? OptionalLong.empty() : OptionalLong.of(number);
    } catch (NumberFormatException tooLarge) {
      return OptionalLong.empty();
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The next one; empty after the greatest. */
  Optional<StreamId> next() {
    if (equals(GREATEST)) {
      return Optional.empty();
    }
    return Optional.of(seq == -1 ? new StreamId(ms + 1, 0) : new StreamId(ms, seq + 1));
  }

  /** The one before; empty before the least. */
  Optional<StreamId> previous() {
    if (equals(LEAST)) {
      return Optional.empty();
    }
    return Optional.of(seq == 0 ? new StreamId(ms - 1, -1) : new StreamId(ms, seq - 1));
  }

  @Override
  public int compareTo(StreamId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(ms) + "-" + Long.toUnsignedString(seq);
  }
}
