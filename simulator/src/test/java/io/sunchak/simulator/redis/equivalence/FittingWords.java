package io.sunchak.simulator.redis.equivalence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arguments that fit what the campaign's keys hold now, mostly; now and then they are just beside
 * it, or odd.
 */
final class FittingWords {
  /** Whose campaign it is, in the form of now. */
  static final String LEDGER = "ledger/2";

  /** Of an eligibility. */
  private static final String MARK = "0123456789abcdef";

  private final Pick pick;
  private final Twin twin;
  private final String meta;
  private final String issued;

  FittingWords(Pick pick, Twin twin, List<String> keys) {
    this.pick = pick;
    this.twin = twin;
    this.meta = keys.get(0);
    this.issued = keys.get(1);
  }

  @Nullable String field(String name) {
    return (String) twin.look("HGET", meta, name);
  }

  long number(String field) {
    try {
      return Long.parseLong(String.valueOf(field(field)));
    } catch (NumberFormatException odd) {
      return 0;
    }
  }

  String epoch() {
    String held = field("epoch");
    return pick.mostly(held == null || pick.oneIn(30) ? "1" : held);
  }

  String ledger() {
    return pick.oneIn(40) ? "other" : LEDGER;
  }

  /** A holder and its number, or none. */
  List<String> holder() {
    Object all = twin.look("HGETALL", issued);
    if (!(all instanceof List<?> list) || list.isEmpty() || pick.oneIn(3)) {
      return List.of("", "0");
    }
    int at = 2 * pick.below(list.size() / 2);
    return List.of(String.valueOf(list.get(at)), pick.mostly(String.valueOf(list.get(at + 1))));
  }

  List<String> config(long version) {
    long now = twin.millis();
    String total = pick.oneIn(5) ? "unlimited" : pick.mostly(pick.below(20));
    String state = pick.oneIn(4) ? pick.of(List.of("PAUSED", "CLOSED", "ARCHIVED", "?")) : "OPEN";
    String opens = pick.mostly(pick.oneIn(3) ? opening(now) : 0);
    String closes = pick.mostly(now + (pick.oneIn(6) ? 500 : 100_000_000));
    return List.of(pick.mostly(version), total, state, opens, closes, pick.oneIn(4) ? MARK : "");
  }

  /** The mark of an eligibility, mostly of the one in force, and who meets it; or nothing. */
  String eligible(int users) {
    String held = field("eligible");
    String mark = pick.oneIn(10) ? pick.of(List.of("", MARK)) : held == null ? "" : held;
    StringBuilder all = new StringBuilder(mark);
    for (int i = 0; !mark.isEmpty() && i < users; i++) {
      all.append(pick.oneIn(3) ? '-' : '+');
    }
    return all.toString();
  }

  long opening(long now) {
    return switch (pick.below(3)) {
      case 0 -> number("opens");
      case 1 -> now;
      default -> now + pick.between(-1_000, 1_000);
    };
  }

  String metaField() {
    return pick.of(
        List.of(
            "ledger",
            "epoch",
            "version",
            "total",
            "seq",
            "state",
            "opens",
            "closes",
            "drained",
            "fence",
            "widened",
            "eligible"));
  }

  String id() {
    String number = pick.mostly(number("seq") + pick.between(-3, 3));
    return pick.oneIn(6) ? pick.odd() : epoch() + (pick.oneIn(8) ? "" : "-" + number);
  }

  String bound() {
    return switch (pick.below(5)) {
      case 0 -> "-";
      case 1 -> "+";
      case 2 -> "(" + id();
      default -> id();
    };
  }
}
