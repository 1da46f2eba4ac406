package io.sunchak.server.config;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of {@code docs/operations.md}, in both languages, have each setting by its key. */
class DocumentedSettingsTest {
  private static final String PREFIX = "sunchak";

  /** A key, or the end of one that begins like the key before it. */
  private static final Pattern KEY = Pattern.compile("`(sunchak)?(\\.[a-z.-]+)`");

  @ParameterizedTest
  @ValueSource(strings = {"operations.md", "operations.ko.md"})
  void each_setting_is_in_a_table(String page) throws IOException {
    assertThat(documented(rows(page))).containsAll(keys());
  }

  @ParameterizedTest
  @ValueSource(strings = {"operations.md", "operations.ko.md"})
  void each_row_is_of_a_setting(String page) throws IOException {
    List<String> first = rows(page).stream().map(row -> row.split("\\|", -1)[1]).toList();
    assertThat(documented(first)).hasSizeGreaterThan(10).isSubsetOf(keys());
  }

  private static List<String> rows(String page) throws IOException {
    return Files.readAllLines(Path.of("..", "docs", page)).stream()
        .filter(line -> line.startsWith("|"))
        .toList();
  }

  private static Set<String> documented(List<String> rows) {
    Set<String> found = new TreeSet<>();
    for (String row : rows) {
      String parent = PREFIX;
      Matcher key = KEY.matcher(row);
      while (key.find()) {
        String whole = (key.group(1) == null ? parent : PREFIX) + key.group(2);
        parent = whole.substring(0, whole.lastIndexOf('.'));
        found.add(whole);
      }
    }
    return found;
  }

  private static Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    add(PREFIX, SunchakProperties.class, keys);
    return keys;
  }

  private static void add(String prefix, Class<?> settings, Set<String> keys) {
    for (RecordComponent one : settings.getRecordComponents()) {
      String key = prefix + "." + one.getName().replaceAll("([A-Z])", "-$1").toLowerCase(ROOT);
      if (one.getType().isRecord()) {
        add(key, one.getType(), keys);
      } else {
        keys.add(key);
      }
    }
  }
}
