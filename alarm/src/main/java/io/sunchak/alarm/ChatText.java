package io.sunchak.alarm;

import java.util.HexFormat;

/**
 * Quotes text from outside within an alarm, so that chats show it and do not interpret it. Slack,
 * Mattermost, Discord and others would otherwise find mentions, links and formats in it. The text
 * is put into a code span, in which none of them looks for any. Slack's three special characters
 * are escaped as Slack requires; a backtick, which would end the span, becomes an apostrophe;
 * characters that are invisible or change the text direction are shown by their number.
 */
public final class ChatText {
  private ChatText() {}

  /** The quoted text, as one line. */
  public static String quote(String foreign) {
    StringBuilder text = new StringBuilder(foreign.length() + 16).append('`');
    foreign.codePoints().forEach(c -> append(text, c));
    return text.append('`').toString();
  }

  private static void append(StringBuilder text, int character) {
    switch (character) {
      case '&' -> text.append("&amp;");
      case '<' -> text.append("&lt;");
      case '>' -> text.append("&gt;");
      case '`' -> text.append('\'');
      default -> {
        if (isSeen(character)) {
          text.appendCodePoint(character);
        } else {
          for (char half : Character.toChars(character)) {
            text.append("\\u").append(HexFormat.of().toHexDigits(half));
          }
        }
      }
    }
  }

  private static boolean isSeen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
