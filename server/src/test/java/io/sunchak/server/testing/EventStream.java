package io.sunchak.server.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An administrator's page that reads server-sent events. */
public final class EventStream implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PATIENCE_MILLIS = 60_000;

  private final HttpURLConnection connection;
  private final BufferedReader lines;

  private EventStream(HttpURLConnection connection) throws IOException {
    this.connection = connection;
    this.lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Begins to read. */
  public static EventStream of(LiveServer server, String path) throws IOException {
    return of(server, path, server.admin());
  }

  /** Begins to read with that token. */
  public static EventStream of(LiveServer server, String path, String token) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(server.url() + path).toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + token);
    connection.setReadTimeout(PATIENCE_MILLIS);
    return new EventStream(connection);
  }

  /** A header of the answer. */
  public @Nullable String header(String name) {
    return connection.getHeaderField(name);
  }

  /** The next event's data. */
  public JsonNode next() throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("data: ")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("the stream has ended");
    }
    return JSON.readTree(line.substring("data: ".length()));
  }

  /** Reads until the server ends it; whether it did. */
  public boolean ends() {
    @Nullable String line;
    try {
      do {
        line = lines.readLine();
      } while (line != null);
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException cut) {
      return true;
    }
    return true;
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
