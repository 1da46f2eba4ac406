package io.sunchak.simulator.redis.equivalence;

import io.sunchak.simulator.redis.equivalence.Twin.Played;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The steps of one seed: mostly what nodes would do on one campaign, with a resync first, and now
 * and then damage, another clock, or words that no node says. Each sequence has its own keys.
 */
final class RandomSequence {
  private static final String LEDGER = FittingWords.LEDGER;
  private static final long BEGIN_MICROS = 1_700_000_000_000_000L;

  private final Pick pick;
  private final Twin twin;
  private final FittingWords words;
  private final List<String> keys;
  private final String meta;
  private final String issued;
  private final String log;

  private RandomSequence(long seed, Map<String, String> scripts) {
    pick = new Pick(seed);
    twin = new Twin(scripts, BEGIN_MICROS + pick.below(1_000_000));
    String slot = "{c:equal" + seed + "}:";
    meta = slot + "meta";
    issued = slot + "issued";
    log = slot + "log";
    keys = List.of(meta, issued, log);
    words = new FittingWords(pick, twin, keys);
  }

  /** All of it, with what the memory Redis answered; the last steps look at all keys. */
  static List<Played> of(long seed, Map<String, String> scripts) {
    RandomSequence sequence = new RandomSequence(seed, scripts);
    sequence.run();
    return sequence.twin.played();
  }

  private void run() {
    if (!pick.oneIn(20)) {
      resync();
    }
    if (pick.oneIn(20)) {
      rush(pick.oneIn(20) ? 1_100 : 15 + pick.below(20));
    }
    int steps = 10 + pick.below(30);
    for (int i = 0; i < steps; i++) {
      pass();
      step();
    }
    end();
  }

  /** Often to the edge of what a script compares the time with. */
  private void pass() {
    String edge = pick.of(List.of("opens", "closes", "widened"));
    boolean rests = edge.equals("widened") && !pick.oneIn(3);
    long ahead = words.number(edge) + (rests ? 1_000 : 0) - twin.millis();
    if (Math.abs(ahead) < 2_000 && pick.oneIn(3)) {
      twin.pass(1_000 * (ahead + pick.between(-1, 1)));
    } else {
      twin.pass(pick.oneIn(10) ? pick.between(-2_000_000, 5_000_000) : pick.between(0, 300_000));
    }
  }

  private void step() {
    switch (pick.below(20)) {
      case 0, 1, 2, 3, 4, 5, 6 -> reserve();
      case 7, 8, 9 -> drain();
      case 10, 11 -> configure();
      case 12 -> resync();
      case 13 -> piece();
      case 14 -> damage();
      case 15 -> rawStream();
      default -> look();
    }
  }

  private void reserve() {
    List<String> args = new ArrayList<>(List.of(words.ledger(), words.epoch()));
    args.addAll(words.holder());
    args.add(pick.mostly(pick.oneIn(3) ? pick.below(8) : 1_000));
    List<String> users = pick.users(pick.oneIn(10) ? 40 : 6);
    args.add(words.eligible(users.size()));
    args.addAll(users);
    twin.script("reserve", keys, args);
  }

  /** So many entries that a drain reads them in parts, or finds more than it may give at once. */
  private void rush(int groups) {
    long epoch = words.number("epoch");
    List<String> sale = List.of("1000", "unlimited", "OPEN", "0", "9999999999999", "");
    twin.script("configure", List.of(meta), concat(List.of(LEDGER, Long.toString(epoch)), sale));
    twin.pass(1_000_000);
    for (int i = 0; i < groups; i++) {
      List<String> users = List.of("rush" + i, pick.oneIn(3) ? "late" + i : "rush" + i);
      twin.script(
          "reserve",
          keys,
          concat(List.of(LEDGER, Long.toString(epoch), "", "0", "5000", ""), users));
    }
    for (int i = 0; i < 3; i++) {
      String wanted = Integer.toString(groups - 20 + pick.below(40));
      String cursor = Long.toString(words.number("drained") + pick.below(3));
      twin.script("drain_read", keys, List.of(LEDGER, Long.toString(epoch), cursor, "", wanted));
    }
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private void drain() {
    List<String> holder = words.holder();
    boolean atHolder = !holder.getFirst().isEmpty();
    String cursor =
        atHolder
            ? holder.getLast()
            : pick.mostly(pick.oneIn(2) ? words.number("drained") : words.number("seq"));
    String user = atHolder ? holder.getFirst() : "";
    String wanted = pick.mostly(pick.below(pick.oneIn(5) ? 2_000 : 20));
    twin.script("drain_read", keys, List.of(words.ledger(), words.epoch(), cursor, user, wanted));
  }

  private void configure() {
    List<String> config = words.config(words.number("version") + pick.below(2));
    twin.script("configure", List.of(meta), concat(List.of(words.ledger(), words.epoch()), config));
  }

  private void resync() {
    String epoch = pick.mostly(words.number("epoch") + 1);
    int holders = pick.below(5);
    twin.script("fence", keys, List.of(words.ledger(), epoch));
    twin.script("clear", keys, List.of(epoch));
    load(epoch, holders);
    open(epoch, holders);
  }

  private void load(String epoch, int holders) {
    List<String> args = new ArrayList<>(List.of(epoch));
    for (int i = 1; i <= holders; i++) {
      args.addAll(List.of(pick.oneIn(30) ? pick.user() : "u" + i, pick.mostly(i)));
    }
    if (pick.oneIn(40)) {
      args.add("alone");
    }
    twin.script("load", List.of(meta, issued), args);
  }

  private void open(String epoch, int holders) {
    List<String> config = words.config(words.number("version") + 1);
    twin.script(
        "open", List.of(meta, issued), concat(List.of(epoch, pick.mostly(holders)), config));
  }

  /** A part of a resync, of this attempt or of another one. */
  private void piece() {
    String epoch = words.epoch();
    switch (pick.below(4)) {
      case 0 -> twin.script("fence", keys, List.of(words.ledger(), epoch));
      case 1 -> twin.script("clear", keys, List.of(epoch));
      case 2 -> load(epoch, pick.below(5));
      default -> open(epoch, (int) words.number("seq"));
    }
  }

  private void damage() {
    switch (pick.below(10)) {
      case 9 -> longEpoch();
      case 0 -> twin.command("HSET", meta, words.metaField(), pick.odd());
      case 1 -> twin.command("HDEL", meta, words.metaField(), words.metaField());
      case 2 -> twin.command("HDEL", issued, pick.user(), pick.user());
      case 3 -> twin.command("SET", pick.of(keys), pick.odd());
      case 4 -> twin.command("HSET", pick.of(keys), pick.user(), pick.odd(), pick.user(), "1");
      case 5 -> twin.command(pick.oneIn(2) ? "DEL" : "UNLINK", pick.of(keys), pick.of(keys));
      case 6 -> twin.command("HSETNX", pick.of(keys), words.metaField(), pick.odd());
      case 7 ->
          twin.command("HSET", meta, "seq", Long.toString(words.number("seq") + pick.below(3) - 1));
      default -> twin.command("HSET", meta, pick.user());
    }
  }

  /** About as long as an epoch can be that no attempt has had. */
  private void longEpoch() {
    long epoch = pick.oneIn(2) ? 999_999_999_999_999L : 1_000_000_000_000_000L;
    twin.command("HSET", meta, "epoch", Long.toString(epoch));
    twin.script("fence", keys, List.of(LEDGER, Long.toString(epoch + pick.between(-1, 1))));
  }

  private void rawStream() {
    switch (pick.below(4)) {
      case 0 -> twin.command("XADD", log, words.id(), "t", "1", "u", pick.user());
      case 1 -> twin.command("XTRIM", pick.of(keys), "MINID", words.id());
      case 2 -> twin.command("XRANGE", log, words.bound(), words.bound());
      default -> {
        String count = pick.mostly(pick.below(4));
        String name = pick.oneIn(2) ? "XRANGE" : "XREVRANGE";
        twin.command(
            name, pick.oneIn(9) ? meta : log, words.bound(), words.bound(), "COUNT", count);
      }
    }
  }

  private void look() {
    switch (pick.below(8)) {
      case 0 -> twin.command("TYPE", pick.of(keys));
      case 1 -> twin.command("HLEN", pick.of(keys));
      case 2 -> twin.command("XLEN", pick.of(keys));
      // So many that the real one, too, gives all at once.
      case 3 -> twin.command("HSCAN", pick.of(keys), "0", "COUNT", "10000");
      case 4 -> twin.command("GET", pick.of(keys));
      case 5 -> twin.command("HGET", issued, pick.user());
      case 6 -> twin.command("XREVRANGE", log, "+", "-", "COUNT", "1");
      default ->
          twin.command("HMGET", pick.of(keys), words.metaField(), pick.user(), words.metaField());
    }
  }

  /** All that the keys hold, that none expires, and below which id nothing can be added. */
  private void end() {
    for (String key : keys) {
      twin.command("TYPE", key);
      twin.command("GET", key);
      twin.command("HGETALL", key);
      twin.command("XRANGE", key, "-", "+");
      twin.known("TTL", "none".equals(twin.look("TYPE", key)) ? -2L : -1L, key);
    }
    for (int i = 0; i < 3; i++) {
      twin.command("XADD", log, words.id(), "t", "1");
    }
    twin.command("DEL", meta, issued, log);
  }
}
