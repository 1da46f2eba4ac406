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
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Sends the text's characters as bytes. */
  public RawSocket say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** All that comes until the server closes the connection; a reset counts as that. */
  public String untilClosed() throws IOException {
    StringBuilder heard = new StringBuilder();
    try {
      for (String more = some(); !more.isEmpty(); more = some()) {
        heard.append(more);
      }
    } catch (SocketException reset) {
      // closed with something of ours unread
    }
    return heard.toString();
  }

  /** What comes until it ends with {@code end}. */
  public String until(String end) throws IOException {
    StringBuilder heard = new StringBuilder();
    while (heard.indexOf(end) < 0) {
      String more = some();
      if (more.isEmpty()) {
        throw new IOException("closed after: " + heard);
      }
      heard.append(more);
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

  private String some() throws IOException {
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
