package io.sunchak.chaos.cluster;

import io.sunchak.embedded.process.Command;
import java.util.List;

/** Signals to processes of this run. */
public final class Signals {
  private Signals() {}

  /** A shell, because its kill is a builtin: a minimal machine has no /bin/kill. */
  public static void send(String name, long pid) {
    Command.run(List.of("sh", "-c", "kill -" + name + " " + pid));
  }
}
