package io.sunchak.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * A real HTTP/1.1 server that treats each request as the test says: answers, resets, closes, keeps
 * silent. Every connection has a thread of its own; every request read whole is remembered.
 */
final class UnreliableServer implements AutoCloseable {
  private static final int BACKLOG = 1_024;

  private final ServerSocket listening;
  private final Treatment treatment;
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** A request as it came. */
  record Request(String head, String body) {
    String path() {
      return head.split(" ", 3)[1];
    }
  }

  /** What is done with a request. */
  @FunctionalInterface
  interface Treatment {
    void apply(Request request, Socket socket) throws IOException, InterruptedException;

    static Treatment answer(int status, String body) {
      return (request, socket) -> write(socket, response(status, body, ""));
    }

    static Treatment answerAndClose(int status, String body) {
      return (request, socket) -> {
        write(socket, response(status, body, "Connection: close\r\n"));
        socket.close();
      };
    }

    static Treatment reset() {
      return (request, socket) -> {
        socket.setSoLinger(true, 0);
        socket.close();
      };
    }

    static Treatment close() {
      return (request, socket) -> socket.close();
    }

    static Treatment closeHalfWay() {
      return (request, socket) -> {
        String whole = response(202, "{\"sequence\":1}", "");
        write(socket, whole.substring(0, whole.length() - 3));
        socket.close();
      };
    }

    static Treatment silence() {
      return (request, socket) -> {};
    }

    static Treatment noHttp() {
      return (request, socket) -> write(socket, "?\0?\r\n\r\n");
    }
  }

  UnreliableServer(Treatment treatment) {
    this.treatment = treatment;
    try {
      this.listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException("no loopback port", e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** Every request that came whole, in order. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  int connections() {
    return sockets.size();
  }

  static String response(int status, String body, String headers) {
    return "HTTP/1.1 %d it\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(status, headers, body.length(), body);
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private void accept() {
    try {
      while (closed.getCount() > 0) {
        Socket socket = listening.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException end) {
      // The listening socket was closed.
    }
  }

  private void serve(Socket socket) {
    try {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Request next = read(in); next != null; next = read(in)) {
        requests.add(next);
        treatment.apply(next, socket);
      }
    } catch (IOException gone) {
      // The client left, or the treatment closed the socket.
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static @org.jspecify.annotations.Nullable Request read(InputStream in)
      throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
            .findFirst()
            .orElse(0);
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(head.toString(), body);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
