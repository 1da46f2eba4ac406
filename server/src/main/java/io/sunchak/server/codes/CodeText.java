package io.sunchak.server.codes;

import org.jspecify.annotations.Nullable;

/**
 * How a code is written: {@value #LENGTH} characters of Crockford's base 32 in groups of six, the
 * last of them a check character. Letters may be read in either case, {@code O} as 0, {@code I} and
 * {@code L} as 1; blanks and hyphens do not count. Pure.
 *
 * <p>A digit is an element of the field with 32 elements, and the digits times the powers of a
 * generator sum up to zero. All powers differ, so one wrong character is always noticed, and so are
 * any two that were swapped. Crockford's own check character is taken modulo 37 and needs five more
 * characters.
 */
final class CodeText {
  static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  static final int LENGTH = 18;

  private static final int GROUP = 6;
  private static final int CHECK = LENGTH - 1;
  private static final int MOST_READ = 64;

  /** x^5 + x^2 + 1, by which x generates the field. */
  private static final int POLYNOMIAL = 0b100101;

  private CodeText() {}

  /** Writes all digits but the check, which follows from them. */
  static String write(byte[] digits) {
    StringBuilder text = new StringBuilder(LENGTH + 2);
    for (int i = 0; i < LENGTH; i++) {
      if (i > 0 && i % GROUP == 0) {
        text.append('-');
      }
      text.append(ALPHABET.charAt(i < CHECK ? digits[i] : check(digits)));
    }
    return text.toString();
  }

  /** The digits without the check; null if the text is no code. */
  static byte @Nullable [] read(String text) {
    byte[] digits = new byte[LENGTH];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '-' && c != ' ') {
        int digit = digit(c);
        if (digit < 0 || length == LENGTH || i >= MOST_READ) {
          return null;
        }
        digits[length++] = (byte) digit;
      }
    }
    return length == LENGTH && digits[CHECK] == check(digits) ? digits : null;
  }

  /** The value of a character; -1 if it has none. */
  static int digit(char c) {
    return switch (c) {
      case 'o', 'O' -> 0;
      case 'i', 'I', 'l', 'L' -> 1;
      default -> ALPHABET.indexOf(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    };
  }

  /** By Horner's rule, so that the check itself has the power zero. */
  private static int check(byte[] digits) {
    int sum = 0;
    for (int i = 0; i < CHECK; i++) {
      sum = timesX(sum ^ digits[i]);
    }
    return sum;
  }

  private static int timesX(int element) {
    int twice = element << 1;
    return twice < ALPHABET.length() ? twice : twice ^ POLYNOMIAL;
  }
}
