package io.sunchak.server.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses instants of RFC 3339: any offset, {@code T} and {@code Z} in either case, a blank instead
 * of the {@code T}, any number of decimals, of which nine are kept. Seconds may be left out. Leap
 * seconds are refused, because the server's clocks have none.
 *
 * <p>Java's own parsers refuse a tenth decimal and an offset beyond 18 hours, which RFC 3339
 * allows.
 */
public final class Rfc3339 {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2})(?::(\\d{2})(?:\\.(\\d+))?)?"
              + "(?:[Zz]|([+-])(\\d{2}):(\\d{2}))");
  private static final int DECIMALS = 9;

  private Rfc3339() {}

  /**
   * Parses an instant.
   *
   * @throws DateTimeException if it is not valid; the message is the rule for people
   */
  public static Instant parse(String text) {
    Matcher part = FORM.matcher(text);
    if (!part.matches()) {
      throw new DateTimeException(
          "must be an instant with a zone, such as 2026-12-24T12:00:00+09:00");
    }
    String seconds = part.group(3) == null ? "00" : part.group(3);
    if (seconds.equals("60")) {
      throw new DateTimeException("must not be a leap second: take the second before or after it");
    }
    try {
      return LocalDate.parse(part.group(1))
          .atTime(LocalTime.parse(part.group(2) + ":" + seconds + decimals(part.group(4))))
          .toInstant(ZoneOffset.UTC)
          .minus(offset(part));
    } catch (DateTimeException e) {
      throw new DateTimeException("must be a date and time that exists in the calendar", e);
    }
  }

  private static String decimals(@Nullable String digits) {
    return digits == null ? "" : "." + digits.substring(0, Math.min(DECIMALS, digits.length()));
  }

  private static Duration offset(Matcher part) {
    if (part.group(5) == null) {
      return Duration.ZERO;
    }
    LocalTime size = LocalTime.parse(part.group(6) + ":" + part.group(7));
    Duration offset = Duration.between(LocalTime.MIDNIGHT, size);
    return part.group(5).equals("-") ? offset.negated() : offset;
  }
}
