package io.sunchak.load.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandExceptionTest {
  private final StringWriter screen = new StringWriter();

  @Test
  void the_cause_and_the_next_step_have_a_line_each() {
    assertThat(run(new CommandException("no server runs on data", "./sunchak start"))).isEqualTo(2);
    assertThat(screen.toString().lines())
        .containsExactly("sunchak: no server runs on data", "  next: ./sunchak start");
  }

  @Test
  void of_another_exception_only_the_cause_is_known() {
    assertThat(run(new IllegalStateException("a defect"))).isEqualTo(2);
    assertThat(screen.toString().lines()).containsExactly("sunchak: a defect");
  }

  private int run(RuntimeException thrown) {
    return new CommandLine(new Failing(thrown))
        .setErr(new PrintWriter(screen, true))
        .setExecutionExceptionHandler(CommandException::report)
        .execute();
  }

  @Command
  private record Failing(RuntimeException thrown) implements Callable<Integer> {
    @Override
    public Integer call() {
      throw thrown;
    }
  }
}
