package io.sunchak.simulator.redis.equivalence;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What chance gives, from a seed. */
final class Pick {
  /** Forms of a number that Lua, C and Java may read in different ways. */
  private static final List<String> ODD =
      List.of(
          "",
          "abc",
          "-1",
          "-0",
          "1.5",
          "0.5",
          "1e3",
          "0x10",
          "007",
          "00",
          "+5",
          " 5",
          "5 ",
          "inf",
          "-inf",
          "nan",
          "unlimited",
          "9007199254740993",
          "999999999999999",
          "1000000000000000",
          "9223372036854775807",
          "18446744073709551615",
          "18446744073709551616",
          "99999999999999999999999",
          "1-1",
          "(",
          "-",
          "é한",
          "5\n",
          "\u0000",
          ".5",
          "5.");

  private final Random random;

  Pick(long seed) {
    random = new Random(seed);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long between(long least, long most) {
    return least + random.nextLong(most - least + 1);
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  String odd() {
    return of(ODD);
  }

  /** Mostly as given. */
  String mostly(String right) {
    return oneIn(25) ? odd() : right;
  }

  String mostly(long right) {
    return oneIn(8) ? Long.toString(right + between(-2, 2)) : mostly(Long.toString(right));
  }

  String user() {
    return oneIn(30) ? of(List.of("", "한글", "a b", "u\u0000", "1")) : "u" + below(14);
  }

  List<String> users(int most) {
    return IntStream.range(0, below(most + 1)).mapToObj(i -> user()).toList();
  }
}
