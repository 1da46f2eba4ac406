package io.sunchak.server.http.bulk;

import java.util.Map;
import java.util.TreeMap;

/** Counts the lines of a call by outcome. Thread-safe: the call may end while one is counted. */
final class Tally {
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private int lines;

  synchronized void count(IssueLine line) {
    lines++;
    outcomes.merge(line.outcome(), 1, Integer::sum);
  }

  /** For the audit: {@code 3 of 3 users: ACCEPTED 2, ALREADY 1}. */
  synchronized String text(int users) {
    StringBuilder text = new StringBuilder().append(lines).append(" of ").append(users);
    text.append(" users: ");
    String before = "";
    for (Map.Entry<String, Integer> one : outcomes.entrySet()) {
      text.append(before).append(one.getKey()).append(' ').append(one.getValue());
      before = ", ";
    }
    return text.toString();
  }
}
