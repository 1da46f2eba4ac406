package io.sunchak.server.fuzz;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What was found wrong, each with the seed that shows it again as its run's first. Thread-safe. */
final class FuzzFindings {
  private static final int MOST_SHOWN = 20;
  private static final int MOST_BYTES = 3_000;

  private final Queue<String> all = new ConcurrentLinkedQueue<>();

  void add(long seed, String what, String sent, String heard, String wrong) {
    all.add(
        """

        -Dsunchak.fuzz.seed=%d (%s)
        sent: %s
        heard: %s
        wrong: %s
        """
            .formatted(seed, what, printable(sent), printable(heard), wrong));
  }

  private static String printable(String bytes) {
    StringBuilder out = new StringBuilder();
    String shortened = bytes.replaceAll("(.)\\1{99,}", "$1{many}");
    for (char c : shortened.substring(0, Math.min(MOST_BYTES, shortened.length())).toCharArray()) {
      switch (c) {
        case '\r' -> out.append("\\r");
        case '\n' -> out.append("\\n");
        default -> out.append(c >= ' ' && c <= '~' ? "" + c : "\\x%02x".formatted((int) c));
      }
    }
    return out.toString();
  }

  int count() {
    return all.size();
  }

  /** The first ones. */
  List<String> shown() {
    return all.stream().limit(MOST_SHOWN).toList();
  }
}
