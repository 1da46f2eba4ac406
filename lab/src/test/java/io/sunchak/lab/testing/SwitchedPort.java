package io.sunchak.lab.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port on loopback that leads to another one, until it is switched off: then to nobody. */
public final class SwitchedPort implements AutoCloseable {
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket listening;
  private final int target;
  private volatile boolean on = true;

  public SwitchedPort(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Cuts every connection; new ones are cut at once. */
  public void off() {
    on = false;
    open.forEach(SwitchedPort::close);
  }

  public void on() {
    on = true;
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket client = listening.accept();
        open.add(client);
        if (on) {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
          open.add(server);
          Thread.ofVirtual().start(() -> pump(client, server));
          Thread.ofVirtual().start(() -> pump(server, client));
        }
        if (!on) {
          open.forEach(SwitchedPort::close);
        }
      }
    } catch (IOException closed) {
      open.forEach(SwitchedPort::close);
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException cut) {
      // Both ends are closed, as they should be.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // It is closed, which is all that was wanted.
    }
  }

  @Override
  public void close() {
    off();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
