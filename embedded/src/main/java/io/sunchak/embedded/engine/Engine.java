package io.sunchak.embedded.engine;

import java.io.IOException;

/** An engine as a {@code Supervisor} uses it. */
public interface Engine {
  /** {@code redis} or {@code postgres}: names files, threads and messages. */
  String role();

  EngineProgram program();

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
