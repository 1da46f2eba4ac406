package io.sunchak.chaos.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A loopback port that leads to another one, with a {@link Trap} on the way. What stands when the
 * trap springs stays open and silent until {@link #cut}: whoever lives must not see it end before
 * the other one is dead. Thread-safe.
 */
final class StepProxy implements AutoCloseable {
  private static final int QUEUE = 128;
  private static final int PIECE = 65_536;

  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final int target;
  private final Trap trap;
  private final Supplier<Wire> wires;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  StepProxy(int target, Trap trap, Supplier<Wire> wires) {
    this.target = target;
    this.trap = trap;
    this.wires = wires;
    try {
      listener = new ServerSocket(0, QUEUE, loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Ends every connection. */
  void cut() {
    sockets.forEach(StepProxy::end);
    sockets.clear();
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
    sockets.add(client);
    sockets.add(upstream);
    try {
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      upstream.connect(new InetSocketAddress(loopback, target));
      new Link(client, upstream, wires.get()).open();
    } catch (IOException nobodyThere) {
      end(client);
      end(upstream);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // What cannot be closed is closed.
    }
  }

  /** One connection. */
  private final class Link {
    private final Socket actor;
    private final Socket other;
    private final Wire wire;
    private volatile boolean taken;

    Link(Socket client, Socket upstream, Wire wire) {
      this.actor = wire.isActedByTarget() ? upstream : client;
      this.other = wire.isActedByTarget() ? client : upstream;
      this.wire = wire;
    }

    void open() {
      Thread.startVirtualThread(() -> pump(actor, other, this::act));
      Thread.startVirtualThread(() -> pump(other, actor, this::answer));
    }

    private interface Passing {
      /** False where nothing may pass any more. */
      boolean pass(byte[] piece, int length, OutputStream out) throws IOException;
    }

    private void pump(Socket from, Socket to, Passing passing) {
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] piece = new byte[PIECE];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          if (trap.isSprung() || !passing.pass(piece, n, out)) {
            return;
          }
        }
      } catch (IOException ended) {
        // The other direction ends with this one.
      }
      if (!trap.isSprung()) {
        end(from);
        end(to);
        sockets.removeAll(List.of(from, to));
      }
    }

    private boolean act(byte[] piece, int length, OutputStream out) throws IOException {
      for (Message message : wire.cut(piece, length)) {
        @Nullable Moment moment = trap.take(message.text());
        if (moment == Moment.BEFORE) {
          trap.spring();
        }
        if (trap.isSprung()) {
          return false;
        }
        taken |= moment == Moment.AFTER;
        out.write(message.bytes());
        if (moment == Moment.AFTER) {
          out.write(wire.marker());
          if (wire.isActedByTarget()) {
            trap.spring();
            return false;
          }
        }
      }
      return true;
    }

    private boolean answer(byte[] piece, int length, OutputStream out) throws IOException {
      if (!taken || wire.isActedByTarget()) {
        out.write(piece, 0, length);
        return true;
      }
      byte @Nullable [] passing = wire.untilDone(piece, length);
      if (passing == null) {
        trap.spring();
        return false;
      }
      out.write(passing);
      return true;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      cut();
    }
  }
}
