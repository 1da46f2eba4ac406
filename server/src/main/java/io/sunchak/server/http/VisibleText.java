package io.sunchak.server.http;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Validates a line of text for people, such as a name. Characters that are invisible or change the
 * text direction are refused, because with them one name can look like another. Exceptions are
 * joiners between letters of joined scripts and within emoji, which are needed for normal writing.
 *
 * <p>Neither Bean Validation nor Hibernate Validator has a constraint for it.
 */
public final class VisibleText {
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;
  private static final int AS_EMOJI = 0xFE0F;

  /** Scripts in which a joiner has no effect. */
  private static final Set<UnicodeScript> UNJOINED =
      EnumSet.of(
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.HANGUL,
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA);

  private VisibleText() {}

  /** Whether {@code text} is valid and has at most {@code most} characters. */
  public static boolean is(String text, int most) {
    int[] all = text.codePoints().toArray();
    boolean blank =
        Arrays.stream(all).allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    boolean seen = true;
    for (int i = 0; i < all.length && seen; i++) {
      int before = i == 0 ? ' ' : all[i - 1];
      int after = i == all.length - 1 ? ' ' : all[i + 1];
      seen = isSeen(before, all[i], after);
    }
    return text.length() <= most && !blank && seen;
  }

  public static String rule(int most) {
    return "must be 1 to %d characters on one line, none of them invisible or turning the direction"
        .formatted(most);
  }

  private static boolean isSeen(int before, int character, int after) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> joins(before, character, after);
      default -> character == AS_EMOJI ? Character.isEmoji(before) : !isFiller(character);
    };
  }

  private static boolean joins(int before, int character, int after) {
    return switch (character) {
      case NON_JOINER -> isJoined(before) && isJoined(after);
      case JOINER ->
          (isJoined(before) && isJoined(after))
              || (isOfEmoji(before) && Character.isExtendedPictographic(after));
      default -> false;
    };
  }

  private static boolean isJoined(int character) {
    int type = Character.getType(character);
    boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    return (mark || Character.isLetter(character))
        && !UNJOINED.contains(UnicodeScript.of(character));
  }

  private static boolean isOfEmoji(int character) {
    return character == AS_EMOJI
        || Character.isExtendedPictographic(character)
        || Character.isEmojiModifier(character);
  }

  /**
   * Letters, marks and symbols without a visible form: fillers, the blank of Braille, selectors.
   */
  private static boolean isFiller(int c) {
    return switch (c) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default ->
          (c >= 0x180B && c <= 0x180F)
              || (c >= 0xFE00 && c <= 0xFE0F)
              || (c >= 0xE0000 && c <= 0xE0FFF);
    };
  }
}
