package io.sunchak.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ScheduleTest {
  private static final int RUNS = 25;

  @ParameterizedTest
  @EnumSource
  void the_promise_holds(Schedule schedule) throws InterruptedException {
    List<String> broken =
        Runs.on(() ->
            LongStream.rangeClosed(1, RUNS)
                .mapToObj(seed -> new Run(Schedule.size(seed), schedule, false).play())
                .filter(report -> !report.isClean())
                .map(report -> report.plan().seed() + ": " + report.found())
                .toList());
    assertThat(broken).isEmpty();
  }
}
