package io.sunchak.server.architecture.broken;

import java.time.InstantSource;

final class AsksTheNodesOwnClock {
  private AsksTheNodesOwnClock() {}

  static InstantSource clock() {
    return InstantSource.system();
  }
}
