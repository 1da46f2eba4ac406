package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CouponIssuer;
import io.sunchak.core.testing.Contention;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two nodes, far more users than coupons, each trying three times: every round must give the stock
 * away exactly, and the invariant checker judges every round. {@code -Dsunchak.rounds=n} plays more
 * rounds, {@code -Dsunchak.seed=s} those of an earlier run.
 */
@ExtendWith(EnginesExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentionIT {
  private static final int ROUNDS = Integer.getInteger("sunchak.rounds", 200);
  private static final long SEED =
      Long.getLong("sunchak.seed", ThreadLocalRandom.current().nextInt(1_000_000));

  private final TwoNodes nodes;

  @RegisterExtension final InvariantChecker checker;

  ContentionIT(EmbeddedEngines engines) {
    nodes = new TwoNodes(engines);
    checker = new InvariantChecker(() -> nodes);
  }

  @AfterAll
  void stop() {
    nodes.close();
  }

  /** The seed stands in each round's name. */
  Stream<Contention> rounds() {
    List<Contention> rounds =
        LongStream.range(SEED, SEED + ROUNDS).mapToObj(Contention::drawn).toList();
    nodes.createAll(rounds.stream().map(Contention::campaign).toList());
    return rounds.stream();
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void the_stock_is_given_exactly_once_each_and_to_one_user_each(Contention round) {
    List<CouponIssuer> both =
        List.of(checker.recording(nodes.node(0)), checker.recording(nodes.node(1)));
    checker.demandMet(round.campaign().id());

    round.fire(both).assertExhausted();

    assertThat(nodes.drained(round.campaign().id()).rows()).hasSize(round.stock());
  }
}
