package io.sunchak.simulator.redis.equivalence;

import io.sunchak.simulator.redis.equivalence.Twin.Played;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which words the scripts have said, and how often. */
final class Answers {
  /** By the headers of {@code resources/lua}; {@code error} is a script that broke off. */
  static final Set<String> OF_THE_SCRIPTS =
      Stream.of(
              "reserve: ARCHIVED UNINITIALIZED EPOCH REBUILDING ROLLED_BACK OK + PAUSED CLOSED"
                  + " NOT_OPEN NOT_ELIGIBLE SOLD_OUT BACKLOG_FULL resting has error",
              "drain_read: ARCHIVED UNINITIALIZED EPOCH REBUILDING ROLLED_BACK HOLE OK error",
              "configure: APPLIED NEWER ARCHIVED UNINITIALIZED EPOCH REBUILDING error",
              "fence: FENCED NEWER ARCHIVED error",
              "clear: CLEARED LOST error",
              "load: LOADED LOST error",
              "open: OPENED LOST error")
          .flatMap(Answers::line)
          .collect(Collectors.toSet());

  private final Map<String, Integer> said = new TreeMap<>();
  private long steps;

  void count(Played one) {
    steps++;
    if (one.step().isScript()) {
      named(one.step().name(), words(one)).forEach(word -> said.merge(word, 1, Integer::sum));
    }
  }

  private static Stream<String> line(String line) {
    String[] parts = line.split(": ", 2);
    return named(parts[0], List.of(parts[1].split(" ", -1)));
  }

  private static Stream<String> named(String script, List<String> words) {
    return words.stream().map(word -> script + " " + word);
  }

  private static List<String> words(Played one) {
    return switch (one.answer()) {
      case List<?> list -> List.of(String.valueOf(list.getFirst()));
      case Step.Refused refused -> List.of("error");
      case String text when text.startsWith("OK ") ->
          Stream.concat(
                  Stream.of("OK"), Stream.of(text.split(" ", -1)).skip(5).map(Answers::ofUser))
              .distinct()
              .toList();
      case null, default -> List.of(String.valueOf(one.answer()).split(" ", 2)[0]);
    };
  }

  /** {@code REBUILDING} for one user is another word than for all of them. */
  private static String ofUser(String word) {
    return switch (word) {
      case "REBUILDING" -> "resting";
      case "+", "PAUSED", "CLOSED", "NOT_OPEN", "NOT_ELIGIBLE", "SOLD_OUT", "BACKLOG_FULL" -> word;
      default -> "has";
    };
  }

  Set<String> words() {
    return said.keySet();
  }

  @Override
  public String toString() {
    return steps + " steps, " + said;
  }
}
