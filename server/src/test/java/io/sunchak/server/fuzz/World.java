package io.sunchak.server.fuzz;

import io.sunchak.server.testing.Api;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the requests of one block are about: campaigns of each state and some users. Blocks share
 * nothing but the failures. Immutable.
 *
 * @param block counts from 0
 * @param failures ids of failures, of which some exist
 * @param files names below {@code /assets}
 */
record World(int block, List<String> failures, List<String> files) {
  private static final int USERS = 12;

  /** So many have a coupon of the unlimited campaign when the block begins. */
  private static final int HOLDERS = 9;

  /** What a campaign is when the block begins. */
  private enum State {
    SMALL,
    UNLIMITED,
    LATER,
    PAUSED,
    CLOSED
  }

  /** Creates the campaigns. */
  World begin(Api api) {
    for (State state : State.values()) {
      String id = campaign(state);
      switch (state) {
        case SMALL -> api.create(id, 3);
        case UNLIMITED -> {
          api.create(id, null);
          users().limit(HOLDERS).forEach(user -> api.issue(id, user).is(202));
        }
        case LATER -> api.create(id, 1_000, "2090-01-01T00:00:00Z", "2099-01-01T00:00:00Z");
        case PAUSED -> {
          api.create(id, null);
          api.ask("pause", id).is(200);
        }
        case CLOSED -> {
          api.create(id, null);
          api.ask("close", id).is(200);
        }
      }
    }
    return this;
  }

  private String campaign(State state) {
    return "fuzz-" + block + "-" + state.name().toLowerCase(Locale.ROOT);
  }

  /** One that exists. */
  String campaign(Dice dice) {
    return campaign(dice.any(List.of(State.values())));
  }

  /** One that may not exist yet. */
  String fresh(Dice dice) {
    return "fuzz-" + block + "-new-" + dice.below(20);
  }

  String user(Dice dice) {
    return dice.any(users().toList());
  }

  private Stream<String> users() {
    return IntStream.range(0, USERS).mapToObj(i -> "fuzzer-" + block + "-" + i);
  }

  String admin() {
    return "fuzz-admin-" + block;
  }
}
