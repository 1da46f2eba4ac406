package io.sunchak.server.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.core.CodePlace;
import io.sunchak.core.Stock;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code -Dsunchak.codes=10000000} makes so many codes; the seed is fixed. */
class CouponCodesTest {
  private static final int CODES = Integer.getInteger("sunchak.codes", 100_000);
  private static final int GUESSES = Math.min(CODES, 1_000_000);
  private static final long SPACE = 0x12_3456_789AL;
  private static final String FIRST = "1".repeat(32);
  private static final String SECOND = "2".repeat(32);

  private final CouponCodes codes = new CouponCodes(Map.of("1", FIRST), null);
  private final Random random = new Random(7);

  private static String made(CouponCodes by, long sequence) {
    return by.of(new CodePlace(SPACE, sequence)).orElseThrow();
  }

  /**
   * In a table of 8 bytes a code: what is compared are 64 bits of a hash, so that two equal codes
   * are always noticed, and two others once in 300,000 runs.
   */
  @Test
  void no_two_of_many_codes_are_equal_and_each_is_read_as_what_it_is() {
    long[] seen = new long[Integer.highestOneBit(CODES) * 4];
    for (long sequence = 1; sequence <= CODES; sequence++) {
      String code = made(codes, sequence);
      assertThat(codes.read(code)).isEqualTo(new CodePlace(SPACE, sequence));
      assertThat(add(seen, mixed(code))).as(code).isTrue();
    }
  }

  private static long mixed(String code) {
    long mixed = 0;
    for (int i = 0; i < code.length(); i++) {
      mixed = (mixed ^ code.charAt(i)) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 29;
    }
    return mixed == 0 ? 1 : mixed;
  }

  private static boolean add(long[] table, long value) {
    int at = (int) (value >>> 20) & (table.length - 1);
    while (table[at] != 0) {
      if (table[at] == value) {
        return false;
      }
      at = (at + 1) & (table.length - 1);
    }
    table[at] = value;
    return true;
  }

  @Test
  void no_random_guess_names_a_coupon_even_with_a_right_check_and_the_greatest_stock() {
    int readable = 0;
    for (int i = 0; i < GUESSES; i++) {
      byte[] digits = new byte[CodeText.LENGTH];
      for (int at = 0; at < digits.length; at++) {
        digits[at] = (byte) random.nextInt(32);
      }
      digits[0] = 1;
      CodePlace guessed = codes.read(CodeText.write(digits));
      readable += guessed.space() >= 0 ? 1 : 0;
      assertThat(guessed.space() == SPACE && guessed.sequence() <= Stock.MAX).isFalse();
    }
    assertThat(readable).as("each was decrypted").isEqualTo(GUESSES);
  }

  @Test
  void neighbours_have_nothing_in_common() {
    int same = 0;
    for (long sequence = 1; sequence <= 1_000; sequence++) {
      String one = made(codes, sequence);
      String next = made(codes, sequence + 1);
      for (int i = 1; i < one.length(); i++) {
        same += one.charAt(i) != '-' && one.charAt(i) == next.charAt(i) ? 1 : 0;
      }
    }
    // 17 places of 32 characters, a thousand times: 531, with a deviation of 23.
    assertThat(same).isBetween(400, 660);
  }

  @Test
  void each_wrong_character_and_each_swap_is_noticed() {
    for (long sequence = 1; sequence <= 200; sequence++) {
      StringBuilder right = new StringBuilder(made(codes, sequence).replace("-", ""));
      for (int at = 0; at < CodeText.LENGTH; at++) {
        char kept = right.charAt(at);
        for (char other : CodeText.ALPHABET.toCharArray()) {
          right.setCharAt(at, other);
          assertThat(CodeText.read(right.toString()) != null).isEqualTo(other == kept);
        }
        right.setCharAt(at, kept);
        for (int with = at + 1; with < CodeText.LENGTH; with++) {
          assertThat(CodeText.read(swapped(right, at, with)) != null)
              .isEqualTo(right.charAt(with) == kept);
        }
      }
    }
  }

  private static String swapped(CharSequence text, int at, int with) {
    StringBuilder swapped = new StringBuilder(text);
    swapped.setCharAt(at, text.charAt(with));
    swapped.setCharAt(with, text.charAt(at));
    return swapped.toString();
  }

  @Test
  void people_may_write_it_as_they_read_it() {
    CodePlace seventh = new CodePlace(SPACE, 7);
    String code = made(codes, 7);

    assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{6}-){2}[0-9A-HJKMNP-TV-Z]{6}");
    assertThat(codes.read(code.toLowerCase(java.util.Locale.ROOT))).isEqualTo(seventh);
    assertThat(codes.read(" " + code.replace('-', ' ') + " ")).isEqualTo(seventh);
    assertThat(codes.read(code.replace('0', 'O').replace('1', 'l'))).isEqualTo(seventh);
  }

  @Test
  void what_is_no_code_names_no_coupon() {
    String code = made(codes, 7);

    for (String other :
        new String[] {
          "", "-", code + "0", code.substring(1), "U" + code.substring(1), "가".repeat(18), "\0"
        }) {
      assertThat(codes.read(other)).as(other).isEqualTo(CodePlace.NOWHERE);
    }
    assertThat(new CouponCodes(Map.of(), null).read(code)).isEqualTo(CodePlace.NOWHERE);
  }

  @Test
  void the_newest_key_makes_codes_and_older_ones_still_read_theirs() {
    CouponCodes rotated = new CouponCodes(Map.of("1", FIRST, "2", SECOND), null);
    CouponCodes prepared = new CouponCodes(Map.of("1", FIRST, "2", SECOND), "1");
    CouponCodes ended = new CouponCodes(Map.of("2", SECOND), null);
    CodePlace seventh = new CodePlace(SPACE, 7);
    String old = made(codes, 7);
    String fresh = made(rotated, 7);

    assertThat(old).startsWith("1");
    assertThat(fresh).startsWith("2");
    assertThat(rotated.read(old)).isEqualTo(seventh);
    assertThat(rotated.read(fresh)).isEqualTo(seventh);
    assertThat(made(prepared, 7)).isEqualTo(old);
    assertThat(prepared.read(fresh)).isEqualTo(seventh);
    assertThat(ended.read(old)).isEqualTo(CodePlace.NOWHERE);
    assertThat(codes.read(fresh)).isEqualTo(CodePlace.NOWHERE);
  }

  @Test
  void codes_of_different_keys_and_spaces_differ() {
    Set<String> all = new HashSet<>();
    CouponCodes twins = new CouponCodes(Map.of("1", FIRST, "2", FIRST), null);
    for (CouponCodes by : new CouponCodes[] {codes, twins}) {
      all.add(made(by, 7).substring(1));
      all.add(by.of(new CodePlace(SPACE + 1, 7)).orElseThrow().substring(1));
    }

    assertThat(all).hasSize(4);
  }

  @Test
  void what_is_no_id_of_a_key_is_refused_without_its_secret() {
    refuses(Map.of("U", FIRST), null);
    refuses(Map.of("12", FIRST), null);
    refuses(Map.of("a", FIRST, "A", SECOND), null);
    refuses(Map.of("1", FIRST), "2");
  }

  private static void refuses(Map<String, String> secrets, @Nullable String current) {
    assertThatThrownBy(() -> new CouponCodes(secrets, current))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContainingAny(FIRST, SECOND);
  }
}
