package io.sunchak.chaos.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TornGroupTest {
  private static final String SLOT = "{c:x}:";

  @Test
  void it_takes_the_number_after_the_last_one_of_its_campaign() {
    String log = entry("{c:x}:log", "3-7") + entry("{c:y}:log", "9-9");
    assertThat(text(log))
        .startsWith("*1\r\n$5\r\nMULTI\r\n")
        .contains("$9\r\n{c:x}:log\r\n$3\r\n3-8\r\n")
        .endsWith("*1\r\n$4\r\nEXEC\r\n");
  }

  @Test
  void in_an_empty_log_it_is_the_first() {
    assertThat(text("")).contains("$3\r\n1-1\r\n");
  }

  private static String entry(String key, String id) {
    return "*5\r\n$4\r\nXADD\r\n$9\r\n%s\r\n$3\r\n%s\r\n$1\r\nu\r\n$1\r\na\r\n".formatted(key, id);
  }

  private static String text(String log) {
    return new String(TornGroup.after(log, SLOT), StandardCharsets.US_ASCII);
  }
}
