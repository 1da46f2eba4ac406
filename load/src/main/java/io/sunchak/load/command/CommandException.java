package io.sunchak.load.command;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** A command that cannot go on: one line with the cause, one with the next step. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The exit code of a command that could not do its work. */
  private static final int EXIT = 2;

  private final String next;

  public CommandException(String message, String next) {
    super(message);
    this.next = next;
  }

  /** What the user should do. */
  public String next() {
    return next;
  }

  /**
   * Prints an exception that ended a command; a handler for picocli.
   *
   * @return the exit code
   */
  public static int report(Exception error, CommandLine command, ParseResult parsed) {
    command.getErr().println("sunchak: " + error.getMessage());
    if (error instanceof CommandException known) {
      command.getErr().println("  next: " + known.next());
    }
    return EXIT;
  }
}
