package io.sunchak.server.cli;

import io.sunchak.server.observe.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The entry of {@code ./sunchak start}, {@code token}, {@code doctor} and {@code train}. */
@Command(
    name = "sunchak",
    description = "First-come-first-served coupons: exact, in order, durable.",
    mixinStandardHelpOptions = true,
    version = "sunchak " + Version.NUMBER,
    subcommands = {
      StartCommand.class,
      TokenCommand.class,
      DoctorCommand.class,
      TrainCommand.class,
      TrainingRun.class
    })
public final class ServerMain implements Runnable {

  /**
   * Runs the command and exits with its code: 0 for success, 1 for a failure, 2 for wrong usage.
   */
  public static void main(String[] arguments) {
    System.exit(line().execute(arguments));
  }

  static CommandLine line() {
    return new CommandLine(new ServerMain())
        .setCaseInsensitiveEnumValuesAllowed(true) // roles are written as in tokens
        .setExecutionExceptionHandler((error, command, parsed) -> {
          command.getErr().println("sunchak: " + Cause.of(error));
          return 1;
        });
  }

  @Override
  public void run() {
    throw new ParameterException(new CommandLine(this), "a command is needed");
  }
}
