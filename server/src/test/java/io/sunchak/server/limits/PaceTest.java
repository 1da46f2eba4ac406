package io.sunchak.server.limits;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private final Pace pace = new Pace("lists", 1_000_000);

  @Test
  void what_comes_too_soon_waits_for_its_turn() throws Exception {
    List<CompletableFuture<?>> turns = new ArrayList<>();
    long started = System.nanoTime();
    for (int i = 0; i < 7; i++) {
      turns.add(pace.turn(50_000));
    }

    assertThat(turns.subList(0, 2)).as("a tenth of a second's").allMatch(CompletableFuture::isDone);
    assertThat(turns.getLast()).isNotDone();
    assertThat(turns.getLast().get(5, SECONDS)).isNull();
    assertThat(System.nanoTime() - started).as("five more take 250 ms").isGreaterThan(240_000_000);
  }

  @Test
  void what_would_wait_too_long_is_refused_at_once_and_told_when() {
    List<CompletableFuture<Refusal>> turns = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      turns.add(pace.turn(100_000));
    }

    assertThat(turns.getLast()).isDone();
    Refusal refusal = Objects.requireNonNull(turns.getLast().join());
    assertThat(refusal.policy()).isEqualTo("lists");
    assertThat(refusal.seconds()).isEqualTo(2);
    assertThat(turns.get(15)).as("within two seconds").isNotDone();
  }

  @Test
  void one_answer_that_is_larger_than_all_that_may_come_at_once_has_its_turn() throws Exception {
    assertThat(pace.turn(50_000_000).get(5, SECONDS)).isNull();
  }
}
