package io.sunchak.server.fuzz;

import static org.awaitility.Awaitility.await;

import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.Call;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
          redeemOne(api, id);
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

  /** The coupon of the first user, once it is in the ledger. */
  private void redeemOne(Api api, String campaign) {
    Map<String, String> order =
        Map.of(
            "campaignId",
            campaign,
            "userId",
            users().findFirst().orElseThrow(),
            "orderId",
            "first");
    await()
        .until(
            () -> api.admin(Call.post("/api/v1/redemptions").json(order)).status(),
            status -> status == 201);
  }

  /** The redemption of a coupon that was redeemed before the block, or of one that may never be. */
  String redemption(Dice dice) {
    return dice.oneIn(2)
        ? campaign(State.UNLIMITED) + ":1:1"
        : campaign(dice) + ":" + (1 + dice.below(HOLDERS)) + ":1";
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
