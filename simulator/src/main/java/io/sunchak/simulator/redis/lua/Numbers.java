package io.sunchak.simulator.redis.lua;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers to text and back, as C's {@code printf} and {@code strtod} do it; LuaJ has no -0. */
final class Numbers {
  /** Below this a number is exact and its digits are few. */
  private static final double PLAIN = 1e15;

  private static final int GENERAL_DIGITS = 17;

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern INFINITE =
      Pattern.compile("[+-]?(inf(inity)?|(?<nan>nan))", Pattern.CASE_INSENSITIVE);
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,13}");

  private Numbers() {}

  /** What Lua's {@code tonumber} makes of a text; empty when it is no number. */
  static OptionalDouble parse(String text) {
    String number = strip(text);
    if (DECIMAL.matcher(number).matches()) {
      return OptionalDouble.of(Double.parseDouble(number));
    }
    if (HEXADECIMAL.matcher(number).matches()) {
      return OptionalDouble.of((double) Long.parseLong(number, 2, number.length(), 16));
    }
    Matcher infinite = INFINITE.matcher(number);
    if (infinite.matches()) {
      double size = infinite.group("nan") == null ? Double.POSITIVE_INFINITY : Double.NaN;
      return OptionalDouble.of(number.startsWith("-") ? -size : size);
    }
    return OptionalDouble.empty();
  }

  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Without its fraction. What no {@code long} holds is the least one: C leaves it to x86. */
  static long whole(double number) {
    return number >= -0x1p63 && number < 0x1p63 ? (long) number : Long.MIN_VALUE;
  }

  /** {@code %.<digits>f}. */
  static String fixed(double number, int digits) {
    if (digits == 0 && Math.abs(number) < PLAIN && number == Math.rint(number)) {
      return Long.toString((long) number);
    }
    if (!Double.isFinite(number)) {
      return special(number);
    }
    String text =
        new BigDecimal(number).abs().setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    return number < 0 ? "-" + text : text;
  }

  /** {@code %.17g}, by which Redis writes a number that a script gives to a command. */
  static String general(double number) {
    if (Math.abs(number) < PLAIN && number == Math.rint(number)) {
      return Long.toString((long) number);
    }
    if (!Double.isFinite(number)) {
      return special(number);
    }
    BigDecimal rounded =
        new BigDecimal(number).round(new MathContext(GENERAL_DIGITS, RoundingMode.HALF_EVEN));
    BigDecimal digits = rounded.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < GENERAL_DIGITS) {
      return digits.toPlainString();
    }
    String all = digits.unscaledValue().abs().toString();
    String mantissa = all.length() == 1 ? all : all.charAt(0) + "." + all.substring(1);
    String power = (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "");
    return (number < 0 ? "-" : "") + mantissa + power + Math.abs(exponent);
  }

  private static String special(double number) {
    if (Double.isNaN(number)) {
      return "-nan";
    }
    return number > 0 ? "inf" : "-inf";
  }
}
