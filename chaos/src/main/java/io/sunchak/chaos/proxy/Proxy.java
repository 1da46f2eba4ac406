package io.sunchak.chaos.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A loopback port that leads to another one, and the {@link Weather} on the way. Connections that
 * lost something are ended when the weather changes, as no protocol survives a gap. Thread-safe.
 */
public final class Proxy implements AutoCloseable {
  private static final int QUEUE = 128;
  private static final int CONNECT_MILLIS = 2_000;

  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final int target;
  private final ServerSocket listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile Weather weather = Weather.CLEAR;

  /** Stands before the server on this loopback port. */
  public Proxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, QUEUE, loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** From now on. What ends connections ends those that stand, too. */
  public void set(Weather next) {
    weather = next;
    for (Connection connection : connections) {
      if (next.ends() || connection.hasGap()) {
        connection.end(next == Weather.RESET);
      }
    }
  }

  Weather weather() {
    return weather;
  }

  void ended(Connection connection) {
    connections.remove(connection);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.startVirtualThread(() -> connect(client));
      } catch (IOException closed) {
        // The loop's condition tells.
      }
    }
  }

  private void connect(Socket client) {
    Socket upstream = new Socket();
    Connection connection = new Connection(this, client, upstream);
    connections.add(connection);
    try {
      Weather now = weather;
      if (now.ends()) {
        connection.end(now == Weather.RESET);
        return;
      }
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      upstream.connect(new InetSocketAddress(loopback, target), CONNECT_MILLIS);
      connection.open();
    } catch (IOException nobodyThere) {
      connection.end(true);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      connections.forEach(connection -> connection.end(true));
    }
  }
}
