package io.sunchak.alarm;

import java.util.HexFormat;

/**
 * What others wrote, as a part of an alarm's text: chats show it and act on nothing in it. Slack,
 * Mattermost, Discord and their kin would else find mentions, links and formats there. So it stands
 * in a code span, where none of them looks, with Slack's three characters escaped as Slack wants
 * them; a backtick, which would end the span, becomes an apostrophe; and what cannot be seen, or
 * turns the direction of what follows, is shown by its number.
 */
public final class ChatText {
  private ChatText() {}

  /** The text to put into an alarm between words of our own; one line. */
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
