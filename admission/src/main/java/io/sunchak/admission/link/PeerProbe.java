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
 * Finds out what listens at Redis' address: a Redis in plain text, something that expects TLS, or
 * something else. Sends neither user nor password: a URL that names the wrong one must not put them
 * on the wire. Blocking.
 */
record PeerProbe(String host, int port, Duration limit) {
  /** The blank line is nothing to Redis; an HTTP server waits for it before it answers. */
  private static final byte[] PING = "PING\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private enum Answer {
    /** In Redis' protocol. */
    REDIS,
    OTHER,
    /** It closed the connection, said nothing in time, or is away. */
    NONE
  }

  /**
   * What is wrong with the URL, and how it is to be written instead.
   *
   * @param encrypted whether the URL asks for TLS
   * @return empty if the URL is right, or nothing answers
   */
  Optional<String> contradiction(boolean encrypted) {
    Answer plain = answerInPlainText();
    if (plain == Answer.REDIS) {
      return encrypted
          ? told(
              "Redis at %s:%d speaks no TLS: write redis:// in sunchak.redis.url, or give the port that does")
          : Optional.empty();
    }
    if (speaksTls()) {
      return encrypted
          ? Optional.empty()
          : told(
              "Redis at %s:%d takes encrypted connections only, and nothing was sent to it: write rediss:// in sunchak.redis.url");
    }
    return plain == Answer.OTHER
        ? told("what listens at %s:%d is no Redis: give the address of one in sunchak.redis.url")
        : Optional.empty();
  }

  private Optional<String> told(String sentence) {
    return Optional.of(sentence.formatted(host, port));
  }

  private Answer answerInPlainText() {
    try (Socket socket = connected()) {
      socket.getOutputStream().write(PING);
      return switch (socket.getInputStream().read()) {
        case '+', '-' -> Answer.REDIS;
        case -1 -> Answer.NONE;
        default -> Answer.OTHER;
      };
    } catch (IOException closedOrAway) {
      return Answer.NONE;
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
