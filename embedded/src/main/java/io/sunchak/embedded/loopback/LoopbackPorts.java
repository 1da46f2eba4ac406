package io.sunchak.embedded.loopback;

import io.sunchak.embedded.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses free loopback ports below the kernel's range for outgoing connections. Inside that range
 * a client that reconnects while its engine is down can be given the engine's own port, connect to
 * itself, and keep the engine from ever coming back.
 */
public final class LoopbackPorts {
  private static final int LOWEST = 15_000;
  private static final int USUAL_OUTGOING = 32_768;
  private static final int TRIES = 200;

  private LoopbackPorts() {}

  /** One that nobody listens on now. */
  public static int free() {
    int end = outgoingFrom();
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EngineException("no free port found between " + LOWEST + " and " + end);
  }

  /** Whether nobody listens on it now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static int outgoingFrom() {
    try {
      return outgoingFrom(Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range")));
    } catch (IOException unknown) {
      return USUAL_OUTGOING;
    }
  }

  /** Parses the kernel's text; if the range leaves no room below it, the usual range is assumed. */
  static int outgoingFrom(String range) {
    try {
      int from = Integer.parseInt(range.strip().split("\\s+", -1)[0]);
      return from > LOWEST + TRIES ? from : USUAL_OUTGOING;
    } catch (NumberFormatException unknown) {
      return USUAL_OUTGOING;
    }
  }
}
