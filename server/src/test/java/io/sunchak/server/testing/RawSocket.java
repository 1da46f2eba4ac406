package io.sunchak.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection on which anything can be said, also what no HTTP client would say. */
public final class RawSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;

  public RawSocket(LiveServer server) throws IOException {
    this(server, Duration.ofMillis(PATIENCE_MILLIS));
  }

  /** One that listens no longer than that for the next byte. */
  public RawSocket(LiveServer server, Duration patience) throws IOException {
    this(server.port(), patience);
  }

  /** One to a server of another process. */
  public RawSocket(int port, Duration patience) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) patience.toMillis());
    socket.setTcpNoDelay(true); // what is said in parts also arrives in parts
  }

  /** Sends the text's characters as bytes. */
  public RawSocket say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends it, unless the server has closed meanwhile. */
  public void sayIfOpen(String text) {
    try {
      say(text);
    } catch (IOException closed) {
      // which the caller will hear
    }
  }

  /**
   * Says the same over and over and never listens; whether the server ends it within that time. It
   * writes without waiting, since a full connection takes nothing more.
   */
  public boolean isLeftWhileSaying(String text, Duration limit) throws IOException {
    Thread saying =
        Thread.startVirtualThread(() -> {
          try {
            while (true) {
              say(text);
            }
          } catch (IOException left) {
            // which is what is waited for
          }
        });
    try {
      return saying.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      socket.close();
    }
  }

  /** Sends no more, and goes on listening. */
  public RawSocket saidAll() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** All that comes until the server closes the connection; a reset counts as that. */
  public String untilClosed() throws IOException {
    StringBuilder heard = new StringBuilder();
    try {
      for (String part = more(); !part.isEmpty(); part = more()) {
        heard.append(part);
      }
    } catch (SocketException reset) {
      // closed with something of ours unread
    }
    return heard.toString();
  }

  /** An answer's head, or what came before the server closed. */
  public String untilHead() throws IOException {
    StringBuilder heard = new StringBuilder();
    try {
      for (String part = more(); !part.isEmpty(); part = more()) {
        heard.append(part);
        if (heard.indexOf("\r\n\r\n") >= 0) {
          break;
        }
      }
    } catch (SocketException reset) {
      // closed with something of ours unread
    }
    return heard.toString();
  }

  /** Closing it will cut it, as a client that dies does. */
  public RawSocket resetOnClose() throws IOException {
    socket.setSoLinger(true, 0);
    return this;
  }

  /** What comes until it ends with {@code end}. */
  public String until(String end) throws IOException {
    StringBuilder heard = new StringBuilder();
    while (heard.indexOf(end) < 0) {
      String part = more();
      if (part.isEmpty()) {
        throw new IOException("closed after: " + heard);
      }
      heard.append(part);
    }
    return heard.toString();
  }

  /** Whether the server closes within that time without a word. */
  public boolean isClosedWithin(Duration limit) throws IOException {
    socket.setSoTimeout((int) limit.toMillis());
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** What comes next; nothing when the server has closed. */
  public String more() throws IOException {
    byte[] bytes = new byte[8_192];
    InputStream in = socket.getInputStream();
    int count = in.read(bytes);
    return count < 0 ? "" : new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
