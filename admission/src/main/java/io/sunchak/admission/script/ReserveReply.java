package io.sunchak.admission.script;

import io.sunchak.core.IssueOutcome;
import io.sunchak.core.log.Disagreement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code reserve.lua} said, parsed in one place. */
public sealed interface ReserveReply {
  /** The word for a user who gets the next number. */
  char ACCEPTED = '+';

  /** Refused as a whole: nobody was decided. */
  record Refused(Disagreement why) implements ReserveReply {}

  /**
   * One outcome per user, in order.
   *
   * @param version of the config by which it was decided
   * @param now Redis' clock, in ms since the epoch
   * @param before the last number that was given before this group
   * @param given the last number that is given now
   */
  record Decided(long version, long now, long before, long given, List<IssueOutcome> outcomes)
      implements ReserveReply {

    /** How many users were accepted. */
    public int accepted() {
      return Math.toIntExact(given - before);
    }
  }

  /**
   * Reads it.
   *
   * @throws RuntimeException when it is no reply to a group of {@code users}
   */
  static ReserveReply parse(String text, int users) {
    if (!text.startsWith("OK ")) {
      return new Refused(Disagreement.valueOf(text));
    }
    Words words = new Words(text, 3);
    long version = words.number();
    long now = words.number();
    long opens = words.number();
    long before = words.number();
    long last = before;
    Instant acceptedAt = Instant.ofEpochMilli(now);
    List<IssueOutcome> outcomes = new ArrayList<>(users);
    while (words.more()) {
      if (words.isNext(ACCEPTED)) {
        outcomes.add(new IssueOutcome.Accepted(++last, acceptedAt));
      } else if (words.isDigitNext()) {
        outcomes.add(new IssueOutcome.AlreadyIssued(words.number()));
      } else {
        outcomes.add(refusal(words.word(), opens));
      }
    }
    if (outcomes.size() != users) {
      throw new IllegalStateException(outcomes.size() + " outcomes for " + users + " users");
    }
    return new Decided(version, now, before, last, outcomes);
  }

  private static IssueOutcome refusal(String word, long opens) {
    return switch (word) {
      case "SOLD_OUT" -> new IssueOutcome.SoldOut();
      case "NOT_OPEN" -> new IssueOutcome.NotOpen(Instant.ofEpochMilli(opens));
      case "PAUSED" -> new IssueOutcome.Paused();
      case "CLOSED" -> new IssueOutcome.Closed();
      case "NOT_ELIGIBLE" -> new IssueOutcome.NotEligible();
      case "BACKLOG_FULL", "REBUILDING" ->
          new IssueOutcome.Unavailable(IssueOutcome.Unavailable.Reason.valueOf(word));
      default -> throw new IllegalStateException("unknown word of reserve.lua: " + word);
    };
  }

  /** Words parted by one space. */
  final class Words {
    private final String text;
    private int at;

    private Words(String text, int from) {
      this.text = text;
      this.at = from;
    }

    private boolean more() {
      return at < text.length();
    }

    /** Whether this is the next word, which is then read. */
    private boolean isNext(char word) {
      boolean is =
          text.charAt(at) == word && (at + 1 == text.length() || text.charAt(at + 1) == ' ');
      if (is) {
        at += 2;
      }
      return is;
    }

    private boolean isDigitNext() {
      return Character.isDigit(text.charAt(at));
    }

    private String word() {
      int end = end();
      String word = text.substring(at, end);
      at = end + 1;
      return word;
    }

    private long number() {
      int end = end();
      long number = Long.parseLong(text, at, end, 10);
      at = end + 1;
      return number;
    }

    private int end() {
      int space = text.indexOf(' ', at);
      return space < 0 ? text.length() : space;
    }
  }
}
