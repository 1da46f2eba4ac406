package io.sunchak.server.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes alarms, as a chat does, and keeps them. Thread-safe. */
public final class Webhook implements AutoCloseable {
  private final List<String> alarms = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  public Webhook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          alarms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  /** For {@code sunchak.alarm.url}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** The bodies that were posted so far. */
  public List<String> alarms() {
    return List.copyOf(alarms);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
