package io.sunchak.load.command;

import java.nio.file.Path;

/** The script {@code ./sunchak}, which started this command and starts servers for it. */
public final class Launcher {
  private Launcher() {}

  /**
   * Where the script is.
   *
   * @param command the command that asks
   * @throws CommandException if the command was not started by the script
   */
  public static Path path(String command) {
    String path = System.getProperty("sunchak.command");
    if (path == null) {
      throw new CommandException(
          "the command does not know where ./sunchak is", "use ./sunchak " + command);
    }
    return Path.of(path);
  }
}
