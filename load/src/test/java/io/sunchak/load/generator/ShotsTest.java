package io.sunchak.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShotsTest {
  private static final int USERS = 2_000;

  @Test
  void each_user_comes_once_a_round() {
    assertThat(all(Shots.rounds(3, 6, 2)))
        .containsExactly(
            Shots.of(0, 3),
            Shots.of(0, 4),
            Shots.of(0, 5),
            Shots.of(0, 3),
            Shots.of(0, 4),
            Shots.of(0, 5));
  }

  @Test
  void campaign_and_user_are_read_as_they_were_packed() {
    long shot = Shots.of(7, Integer.MAX_VALUE);
    assertThat(Shots.endpoint(shot)).isEqualTo(7);
    assertThat(Shots.user(shot)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void a_crowd_is_mixed_as_asked_and_ends_with_its_winners() {
    List<Long> crowd = all(Shots.crowd(1, 30, 20, USERS));
    long late = crowd.stream().filter(shot -> Shots.endpoint(shot) == 1).count();
    Set<Integer> winners = new HashSet<>();
    for (long shot : crowd) {
      if (Shots.endpoint(shot) == 0) {
        winners.add(Shots.user(shot));
      }
    }
    assertThat(winners).hasSize(USERS);
    assertThat((double) USERS / crowd.size()).isBetween(0.27, 0.33);
    assertThat((double) late / crowd.size()).isBetween(0.45, 0.55);
  }

  @Test
  void whoever_took_the_one_coupon_never_comes_late() {
    assertThat(all(Shots.crowd(2, 50, 0, USERS)))
        .filteredOn(shot -> Shots.endpoint(shot) == 1)
        .isNotEmpty()
        .allMatch(shot -> Shots.user(shot) >= 1 && Shots.user(shot) < USERS);
  }

  @Test
  void the_same_seed_gives_the_same_crowd() {
    assertThat(all(Shots.crowd(5, 30, 20, USERS))).isEqualTo(all(Shots.crowd(5, 30, 20, USERS)));
    assertThat(all(Shots.crowd(5, 30, 20, USERS))).isNotEqualTo(all(Shots.crowd(6, 30, 20, USERS)));
  }

  private static List<Long> all(Shots shots) {
    List<Long> all = new ArrayList<>();
    for (long shot = shots.next(); shot != Shots.END; shot = shots.next()) {
      all.add(shot);
    }
    return all;
  }
}
