package io.sunchak.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The looks, from the resources: one palette for the page and for the pictures that stand alone.
 */
final class Style {
  private static final String SANS =
      "'Pretendard Variable', Pretendard, Inter, -apple-system, BlinkMacSystemFont, 'Segoe UI',"
          + " 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', Roboto, sans-serif";
  private static final String MONO =
      "ui-monospace, 'SF Mono', SFMono-Regular, 'Cascadia Mono', Menlo, Consolas, 'Noto Sans Mono CJK KR', monospace";

  private Style() {}

  /** A colour on a light ground and on a dark one. */
  record Pair(String light, String dark) {}

  static Map<String, Pair> palette() {
    Map<String, Pair> colours = new LinkedHashMap<>();
    resource("palette.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" ", -1))
        .forEach(parts -> colours.put(parts[0], new Pair(parts[1], parts[2])));
    return colours;
  }

  /** For the page: variables that follow its {@code color-scheme}. */
  static String ofPage() {
    StringBuilder css = new StringBuilder(":root {\n");
    palette()
        .forEach((name, pair) ->
            css.append("  --%s: light-dark(%s, %s);\n".formatted(name, pair.light(), pair.dark())));
    css.append("  --sans: %s;\n  --mono: %s;\n}\n".formatted(SANS, MONO));
    return css + resource("page.css") + resource("chart.css");
  }

  /**
   * For a picture: no variables, which not every viewer of SVG knows; the reader's theme decides.
   */
  static String ofPicture() {
    return filled(true) + "@media (prefers-color-scheme: dark) {\n" + filled(false) + "}\n";
  }

  private static String filled(boolean light) {
    String css = resource("chart.css").replace("var(--sans)", SANS);
    for (Map.Entry<String, Pair> colour : palette().entrySet()) {
      Pair pair = colour.getValue();
      css = css.replace("var(--" + colour.getKey() + ")", light ? pair.light() : pair.dark());
    }
    return css;
  }

  static String resource(String name) {
    try (InputStream in = Style.class.getResourceAsStream("/report/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
