package io.sunchak.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that would not notice a fault of the product prove nothing when they notice none. */
final class PlantedTest {
  @ParameterizedTest
  @EnumSource
  void is_noticed(Planted fault) throws InterruptedException {
    boolean noticed =
        Runs.on(() -> {
          boolean found = false;
          for (long seed = 1; seed <= fault.runs() && !found; seed++) {
            found = !new Run(Plan.of(seed), false, fault).play().isClean();
          }
          return found;
        });
    assertThat(noticed).as("%s within %d seeds", fault, fault.runs()).isTrue();
  }
}
