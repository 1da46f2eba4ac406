package io.sunchak.chaos.crash;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server process is killed before and after each of its steps and started again, and the judge
 * decides. A step that is never reached fails. The cases share two sets of engines, on which they
 * run beside each other.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(300)
class CrashPointIT {
  @AutoClose private static final Stations STATIONS = new Stations();

  static Stream<Arguments> points() {
    return Arrays.stream(Step.values())
        .flatMap(step -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(step, moment)));
  }

  @ParameterizedTest
  @MethodSource("points")
  void no_promise_is_broken_by_a_death_at(Step step, Moment moment) throws Exception {
    Station station = STATIONS.take();
    try (CrashCase one = new CrashCase(station, step, moment)) {
      one.run();
    } finally {
      STATIONS.giveBack(station);
    }
  }
}
