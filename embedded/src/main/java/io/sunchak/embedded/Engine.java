package io.sunchak.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** What a {@link Supervisor} has to know about an engine. */
interface Engine {
  /** {@code redis} or {@code postgres}: names files, threads and messages. */
  String role();

  EngineVersion version();

  /** {@code bundled}, or the path of the program found on the machine. */
  String source();

  /** The path that it is started by. */
  Path program();

  /** Kills what a dead predecessor left running and clears what it left lying. */
  void clear() throws IOException;

  /** How to start it on this port. */
  ProcessBuilder command(int port) throws IOException;

  /** Whether it answers on this port, with our password, as one that has loaded its data. */
  boolean ready(int port);

  /** Whether it answers, and only that it still reads its data: that takes as long as it takes. */
  boolean loading(int port);

  /** The signal, without {@code SIG}, for a quick and orderly stop. */
  String stopSignal();
}
