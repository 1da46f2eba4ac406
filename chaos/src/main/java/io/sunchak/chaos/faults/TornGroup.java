package io.sunchak.chaos.faults;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Redis would have written next for a campaign: the effects of one more reservation. */
final class TornGroup {
  /** Who holds nothing: this group was never written whole. */
  static final String USER = "torn";

  private TornGroup() {}

  /**
   * The transaction that follows in this log.
   *
   * @param log the whole text of Redis' log
   * @param slot the beginning of the campaign's keys
   */
  static byte[] after(String log, String slot) {
    Matcher entries =
        Pattern.compile(
                "XADD\\r\\n\\$\\d+\\r\\n"
                    + Pattern.quote(slot)
                    + "log\\r\\n\\$\\d+\\r\\n(\\d+)-(\\d+)\\r\\n")
            .matcher(log);
    long epoch = 1;
    long number = 1;
    while (entries.find()) {
      epoch = Long.parseLong(entries.group(1));
      number = Long.parseLong(entries.group(2)) + 1;
    }
    String id = epoch + "-" + number;
    String text =
        command("MULTI")
            + command("XADD", slot + "log", id, "t", "1700000000000", "u", USER)
            + command("HSET", slot + "issued", USER, Long.toString(number))
            + command("HSET", slot + "meta", "seq", Long.toString(number))
            + command("EXEC");
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String command(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }
}
