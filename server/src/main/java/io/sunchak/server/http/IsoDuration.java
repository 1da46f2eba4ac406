package io.sunchak.server.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations of ISO 8601 without years and months, which have no fixed length: {@code P14D}, {@code
 * P2W}, {@code PT36H}, {@code P1DT12H}. A day has 24 hours.
 *
 * <p>Java's own writes 14 days as PT336H, takes signs and fractions, and knows no weeks.
 */
public final class IsoDuration {
  private static final Pattern FORM =
      Pattern.compile(
          "P(?:(\\d{1,5})W|(?=\\d|T\\d)(?:(\\d{1,5})D)?(?:T(?=\\d)(?:(\\d{1,6})H)?(?:(\\d{1,8})M)?(?:(\\d{1,9})S)?)?)");
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private IsoDuration() {}

  /**
   * Parses a duration from a second to a hundred years.
   *
   * @throws DateTimeException if it is none; the message is the rule for people
   */
  public static Duration parse(String text) {
    Matcher part = FORM.matcher(text);
    if (!part.matches()) {
      throw new DateTimeException("must be a duration of ISO 8601, such as P14D or PT36H");
    }
    Duration duration =
        Duration.ofDays(7 * number(part, 1) + number(part, 2))
            .plusHours(number(part, 3))
            .plusMinutes(number(part, 4))
            .plusSeconds(number(part, 5));
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new DateTimeException("must be between PT1S and P36500D");
    }
    return duration;
  }

  private static long number(Matcher part, int group) {
    String digits = part.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** Writes whole seconds, with as many days as there are. */
  public static String write(Duration duration) {
    Duration rest = duration.minusDays(duration.toDays());
    String days = duration.toDays() == 0 ? "" : duration.toDays() + "D";
    return "P" + days + (rest.isZero() ? "" : rest.toString().substring(1));
  }
}
