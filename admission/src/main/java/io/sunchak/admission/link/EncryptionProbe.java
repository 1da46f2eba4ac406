package io.sunchak.admission.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Finds out whether a Redis expects TLS. Sends neither user nor password: a URL that says it
 * wrongly must not put them on the wire. Blocking.
 */
record EncryptionProbe(String host, int port, Duration limit) {
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

  /**
   * How the URL is to be written instead.
   *
   * @param encrypted whether the URL asks for TLS
   * @return empty if the URL is right, or nothing answers
   */
  Optional<String> contradiction(boolean encrypted) {
    if (answersPlainText()) {
      return encrypted
          ? Optional.of(
              "Redis at %s:%d speaks no TLS: write redis:// in sunchak.redis.url, or give the port that does"
                  .formatted(host, port))
          : Optional.empty();
    }
    return !encrypted && speaksTls()
        ? Optional.of(
            "Redis at %s:%d takes encrypted connections only, and nothing was sent to it: write rediss:// in sunchak.redis.url"
                .formatted(host, port))
        : Optional.empty();
  }

  private boolean answersPlainText() {
    try (Socket socket = connected()) {
      socket.getOutputStream().write(PING);
      int said = socket.getInputStream().read();
      return said == '+' || said == '-';
    } catch (IOException closedOrAway) {
      return false;
    }
  }

  /** Whose certificate is not asked here: one that is not trusted is TLS too. */
  private boolean speaksTls() {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (Socket socket = connected();
        SSLSocket encrypted = (SSLSocket) factory.createSocket(socket, host, port, true)) {
      encrypted.startHandshake();
      return true;
    } catch (SSLHandshakeException refused) {
      return !(refused.getCause() instanceof EOFException);
    } catch (IOException closedOrAway) {
      return false;
    }
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), Math.toIntExact(limit.toMillis()));
      socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
      return socket;
    } catch (IOException away) {
      socket.close();
      throw away;
    }
  }
}
