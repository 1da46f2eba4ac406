package io.sunchak.server.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A loopback port that leads to another one until it is cut: then nobody gets through. */
public final class Relay implements AutoCloseable {
  private final ServerSocket door;
  private final SocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  public Relay(int targetPort) throws IOException {
    this.door = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
    Thread.startVirtualThread(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Ends every connection and lets no new one through. */
  public void cut() {
    cut = true;
    open.forEach(Relay::end);
  }

  public void mend() {
    cut = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket from = door.accept();
        open.add(from);
        if (cut) {
          end(from);
        } else {
          Thread.startVirtualThread(() -> connect(from));
        }
      } catch (IOException closed) {
        // The loop's condition tells.
      }
    }
  }

  private void connect(Socket from) {
    try (Socket to = new Socket()) {
      to.connect(target);
      open.add(to);
      if (cut) {
        end(to);
      }
      Thread back = Thread.startVirtualThread(() -> copy(to, from));
      copy(from, to);
      back.join();
    } catch (IOException refused) {
      end(from);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // by either side, or cut
    } finally {
      end(from);
      end(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // which is what was wanted
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
