package io.sunchak.embedded.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A TCP proxy on a loopback port. It passes all bytes on until it is told of a fault. A fault
 * concerns the connections that are open when it is called; later ones work again, except while the
 * proxy is {@link #down}. It keeps what was sent to the server, so that a test can count what was
 * written. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int MOST_KEPT = 16 << 20;

  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private volatile int server;
  private final ServerSocket listener;
  private final Queue<Link> links = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private volatile Duration late = Duration.ZERO;
  private volatile boolean down;
  private volatile UnaryOperator<String> wrong = UnaryOperator.identity();

  /** Stands before the server on this loopback port. */
  public FaultProxy(int server) {
    this.server = server;
    try {
      listener = new ServerSocket(0, 128, loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Ends all connections, and each new one at once, until {@link #up}. */
  public void down() {
    down = true;
    cut();
  }

  /** Ends all connections; later ones go to the server on this loopback port. */
  public void switchTo(int port) {
    server = port;
    cut();
  }

  /** Lets connections through again. */
  public void up() {
    down = false;
  }

  /** All connections end now. */
  public void cut() {
    links.forEach(Link::close);
  }

  /**
   * After {@code bytes} more to the server, the rest of the request is lost, and the connection.
   */
  public void cutRequestAfter(int bytes) {
    links.forEach(link -> link.requests.remaining.set(bytes));
  }

  /** After {@code bytes} more to the client, the rest of the reply is lost, and the connection. */
  public void cutReplyAfter(int bytes) {
    links.forEach(link -> link.replies.remaining.set(bytes));
  }

  /** Requests arrive, replies vanish without a word; the connections stay. */
  public void dropReplies() {
    links.forEach(link -> link.replies.swallowing = true);
  }

  /** Nothing arrives any more, either way, without a word; the connections stay. */
  public void silence() {
    links.forEach(link -> {
      link.requests.swallowing = true;
      link.replies.swallowing = true;
    });
  }

  /** Each reply arrives so much later, however many are on their way; for later connections too. */
  public void slowReplies(Duration delay) {
    late = delay;
  }

  /**
   * Each reply, which has to come in one piece, is passed on as {@code wrong} makes it; for later
   * connections too.
   */
  public void changeReplies(UnaryOperator<String> wrong) {
    this.wrong = wrong;
  }

  /** Requests wait in the proxy until {@link Hold#release}; the connections stay. */
  public Hold hold() {
    Hold hold = new Hold();
    links.forEach(link -> link.requests.hold = hold);
    return hold;
  }

  /** What holds the requests of some connections back. */
  public static final class Hold {
    private final CountDownLatch released = new CountDownLatch(1);

    public void release() {
      released.countDown();
    }
  }

  /** How often this text was written to the server, over all connections. */
  public int written(String text) {
    String all;
    synchronized (written) {
      all = written.toString(StandardCharsets.ISO_8859_1);
    }
    int count = 0;
    for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
      count++;
    }
    return count;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      cut();
      later.shutdownNow();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (down) {
          client.close();
        } else {
          new Link(client, new Socket(loopback, server)).open();
        }
      } catch (IOException refused) {
        // The next connection is tried anew; a closed listener ends the loop.
      }
    }
  }

  /** What happens to the bytes of one direction. */
  private static final class Fate {
    private volatile boolean swallowing;
    private final AtomicLong remaining = new AtomicLong(Long.MAX_VALUE);
    private volatile Hold hold = released();

    private static Hold released() {
      Hold none = new Hold();
      none.release();
      return none;
    }
  }

  private final class Link {
    private final Socket client;
    private final Socket upstream;
    private final Fate requests = new Fate();
    private final Fate replies = new Fate();

    Link(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    void open() {
      links.add(this);
      if (down) {
        close(); // cut() may have missed it
      }
      Thread.startVirtualThread(() -> pump(client, upstream, requests, true));
      Thread.startVirtualThread(() -> pump(upstream, client, replies, false));
    }

    void close() {
      links.remove(this);
      try (client;
          upstream) {
        requests.hold.release();
      } catch (IOException gone) {
        // What cannot be closed is closed.
      }
    }

    private void pump(Socket from, Socket to, Fate fate, boolean isRequest) {
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[8_192];
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
          fate.hold.released.await();
          if (fate.swallowing) {
            continue;
          }
          int passing = (int) Math.min(n, fate.remaining.getAndAdd(-n));
          if (isRequest) {
            keep(bytes, passing);
          }
          if (isRequest) {
            out.write(bytes, 0, passing);
          } else {
            pass(changed(bytes, passing), out);
          }
          if (passing < n) {
            break;
          }
        }
      } catch (IOException | InterruptedException cut) {
        // The other direction ends with this one.
      } finally {
        close();
      }
    }

    private byte[] changed(byte[] bytes, int count) {
      String reply = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
      return wrong.apply(reply).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The one thread that writes late keeps the order. */
    private void pass(byte[] reply, OutputStream out) throws IOException {
      if (late.isZero()) {
        out.write(reply);
        return;
      }
      var _ =
          later.schedule(
              () -> {
                try {
                  out.write(reply);
                } catch (IOException gone) {
                  close();
                }
              },
              late.toNanos(),
              TimeUnit.NANOSECONDS);
    }

    private void keep(byte[] bytes, int count) {
      synchronized (written) {
        if (written.size() < MOST_KEPT) {
          written.write(bytes, 0, count);
        }
      }
    }
  }
}
