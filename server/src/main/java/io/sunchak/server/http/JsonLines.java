package io.sunchak.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** JSON lines: one JSON value a line, each line ended by a line break. */
public final class JsonLines {
  public static final MediaType TYPE = MediaType.parseMediaType("application/x-ndjson");

  private JsonLines() {}

  /**
   * The string of each line; null for a line that has something else, or nothing. After the last
   * line there may be a line break or not.
   *
   * @throws ProblemException if the body is not UTF-8
   */
  public static List<@Nullable String> strings(byte[] body) {
    String text = StrictJson.text(body);
    List<@Nullable String> strings = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      int stop = end < 0 ? text.length() : end;
      strings.add(StrictJson.string(text.substring(start, stop)));
      start = stop + 1;
    }
    return strings;
  }

  /** A value as a line. */
  public static String line(Object value) {
    return new String(Answers.bytes(value), StandardCharsets.UTF_8) + "\n";
  }
}
