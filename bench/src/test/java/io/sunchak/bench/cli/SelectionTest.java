package io.sunchak.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.bench.cli.BenchMain.Selection;
import io.sunchak.bench.workload.Workload;
import io.sunchak.bench.workload.Workloads;
import io.sunchak.load.command.CommandException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final Map<String, Workload> ALL = Workloads.read(Path.of("workloads"));

  @Test
  void all_are_made_unless_some_are_named() {
    assertThat(new Selection(false, 0, List.of()).of(ALL)).isEqualTo(ALL);
    assertThat(new Selection(false, 0, List.of("cold", "accept")).of(ALL))
        .containsOnlyKeys("cold", "accept");
  }

  @Test
  void whatever_the_order_of_the_names_the_experiments_follow_each_other_alike() {
    assertThat(new Selection(false, 0, List.of("sold-out", "mixed", "accept")).of(ALL).keySet())
        .containsExactly("accept", "mixed", "sold-out");
  }

  @Test
  void quick_is_three_of_them_once_and_short() {
    Map<String, Workload> quick = new Selection(true, 0, List.of()).of(ALL);
    assertThat(quick).containsOnlyKeys("seed-600", "accept", "sold-out");
    assertThat(quick.values()).allMatch(workload -> workload.runs() == 1);
    assertThat(quick.get("accept"))
        .isInstanceOfSatisfying(
            Workload.Steady.class,
            accept -> {
              assertThat(accept.warmupSeconds()).isEqualTo(5);
              assertThat(accept.measureSeconds()).isEqualTo(5);
              assertThat(accept.labUsers()).isEqualTo(5_000);
            });
  }

  @Test
  void how_often_can_be_said() {
    assertThat(new Selection(false, 2, List.of()).of(ALL).values())
        .allMatch(workload -> workload.runs() == 2);
  }

  @Test
  void an_unknown_name_brings_the_list() {
    assertThatThrownBy(() -> new Selection(false, 0, List.of("acept")).of(ALL))
        .isInstanceOf(CommandException.class)
        .hasMessageContainingAll("'acept'", "accept", "sold-out");
  }
}
