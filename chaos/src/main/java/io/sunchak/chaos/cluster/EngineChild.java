package io.sunchak.chaos.cluster;

import io.sunchak.embedded.engine.Engine;
import io.sunchak.embedded.process.LaunchThread;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An engine of the product's own making, without the supervisor that would start it again at once:
 * what dies here stays dead until the strike is over.
 */
public final class EngineChild extends Child {
  private final Engine engine;
  private final int port;

  EngineChild(Engine engine, int port, LaunchThread thread, Path log) {
    super(thread, log);
    this.engine = engine;
    this.port = port;
  }

  public int port() {
    return port;
  }

  @Override
  ProcessBuilder command() throws IOException {
    engine.clear();
    return engine.command(port);
  }

  @Override
  public boolean isReady() {
    return isAlive() && engine.ready(port);
  }

  @Override
  public String toString() {
    return engine.role();
  }
}
