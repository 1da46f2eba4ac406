package io.sunchak.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** An engine as a {@link Supervisor} uses it. */
interface Engine {
  /** {@code redis} or {@code postgres}: names files, threads and messages. */
  String role();

  EngineVersion version();

  /** {@code bundled}, or the path of the program found on the machine. */
  String source();

  /** The path by which it is started. */
  Path program();

  /** Kills processes and removes files that a dead predecessor left behind. */
  void clear() throws IOException;

  /** The command that starts it on this port. */
  ProcessBuilder command(int port) throws IOException;

  /** Whether it answers on this port with our password and has loaded its data. */
  boolean ready(int port);

  /** Whether it answers that it is still loading its data, which may take long. */
  boolean loading(int port);

  /** The signal, without {@code SIG}, for a quick and orderly stop. */
  String stopSignal();
}
