package io.sunchak.server.architecture.broken;

final class BeginsAThread {
  private BeginsAThread() {}

  static Thread begun() {
    return Thread.ofVirtual().start(() -> {});
  }
}
