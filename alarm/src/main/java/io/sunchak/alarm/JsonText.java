package io.sunchak.alarm;

import java.util.HexFormat;

/**
 * Writes a text as a JSON string (RFC 8259, section 7). This module has no JSON library for this
 * single purpose.
 */
final class JsonText {
  private JsonText() {}

  static String quote(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        default -> {
          // A lone surrogate has no UTF-8 form, so it is escaped.
          if (c < ' ' || Character.isSurrogate(c)) {
            json.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
