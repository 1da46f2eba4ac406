package io.sunchak.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.bench.subject.Target;
import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadsTest {
  private static final String STEADY =
      """
      kind: steady
      targets: [V3, V6]
      runs: 2
      winners: 100
      repeats: 0
      connections: 16
      warmupSeconds: 1
      measureSeconds: 1
      labUsers: 100
      drainHeld: false
      """;

  @TempDir private Path folder;

  @Test
  void those_we_ship_are_understood() {
    assertThat(Workloads.read(Path.of("workloads")))
        .containsKeys("seed-600", "accept", "sold-out", "mixed", "latency", "drain")
        .containsKeys("scale", "cold", "fcfs-20k", "fcfs-40k", "nodes", "reads", "accept-held");
  }

  @Test
  void a_file_is_an_experiment_of_its_name() throws IOException {
    write("mine", STEADY);
    assertThat(Workloads.read(folder).get("mine"))
        .isInstanceOfSatisfying(
            Workload.Steady.class,
            read -> {
              assertThat(read.targets()).containsExactly(Target.V3, Target.V6);
              assertThat(read.runs()).isEqualTo(2);
            });
  }

  @Test
  void an_unknown_key_is_named_with_its_file() throws IOException {
    write("mine", STEADY + "warmUpSeconds: 3\n");
    assertRefused("mine.yaml", "warmUpSeconds");
  }

  @Test
  void a_missing_key_is_named() throws IOException {
    write("mine", STEADY.replace("connections: 16\n", ""));
    assertRefused("mine.yaml", "connections");
  }

  @Test
  void an_unknown_target_or_kind_brings_the_list() throws IOException {
    write("mine", STEADY.replace("V3", "V7"));
    assertRefused("V7", "V1 V2 V3 V3-reactive");
    write("mine", STEADY.replace("steady", "unsteady"));
    assertRefused("unsteady", "burst");
  }

  @Test
  void parts_of_more_than_a_hundred_are_refused() throws IOException {
    write("mine", STEADY.replace("repeats: 0", "repeats: 1"));
    assertRefused("mine.yaml", "parts of a hundred");
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> Workloads.read(folder))
        .isInstanceOf(CommandException.class)
        .hasMessageContainingAll(parts);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".yaml"), text);
  }
}
