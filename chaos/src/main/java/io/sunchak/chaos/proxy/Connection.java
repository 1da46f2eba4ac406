package io.sunchak.chaos.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** One client's connection and the one made for it. Thread-safe. */
final class Connection {
  private static final int PIECE = 8_192;
  private static final int SLOWEST_MILLIS = 200;

  private final Proxy proxy;
  private final Socket client;
  private final Socket upstream;
  private volatile boolean gap;

  Connection(Proxy proxy, Socket client, Socket upstream) {
    this.proxy = proxy;
    this.client = client;
    this.upstream = upstream;
  }

  void open() {
    Thread.startVirtualThread(() -> pump(client, upstream, false));
    Thread.startVirtualThread(() -> pump(upstream, client, true));
  }

  /** Whether something of it was lost. */
  boolean hasGap() {
    return gap;
  }

  void end(boolean reset) {
    proxy.ended(this);
    end(client, reset);
    end(upstream, reset);
  }

  private static void end(Socket socket, boolean reset) {
    try (socket) {
      if (reset) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException gone) {
      // What cannot be closed is closed.
    }
  }

  private void pump(Socket from, Socket to, boolean reply) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[PIECE];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        Weather now = proxy.weather();
        if (now.loses(reply)) {
          gap = true;
          if (proxy.weather() != now) {
            return; // whoever changed it may have looked before there was a gap
          }
          continue;
        }
        if (now == Weather.SLOW) {
          Thread.sleep(ThreadLocalRandom.current().nextInt(SLOWEST_MILLIS));
        }
        out.write(piece, 0, n);
      }
    } catch (IOException ended) {
      // The other direction ends with this one.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(false);
    }
  }
}
