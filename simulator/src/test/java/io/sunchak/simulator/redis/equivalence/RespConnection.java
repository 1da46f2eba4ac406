package io.sunchak.simulator.redis.equivalence;

import io.sunchak.simulator.redis.equivalence.Step.Refused;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis, in its own protocol: replies keep their types, and thousands of commands go in one
 * write.
 */
final class RespConnection implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int PATIENCE_MS = 60_000;

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  RespConnection(URI uri) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
    socket.setSoTimeout(PATIENCE_MS);
    out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    String login = uri.getUserInfo();
    if (login != null) {
      write(List.of("AUTH", login.split(":", 2)[1]));
      read();
    }
  }

  void write(List<String> words) throws IOException {
    header('*', words.size());
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      header('$', bytes.length);
      out.write(bytes);
      out.write('\r');
      out.write('\n');
    }
  }

  private void header(char kind, int number) throws IOException {
    out.write((kind + Integer.toString(number) + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** The next reply, after what is written has been sent. */
  @Nullable Object read() throws IOException {
    if (in.available() == 0) {
      out.flush();
    }
    char kind = (char) in.readByte();
    String line = line();
    return switch (kind) {
      case '+' -> line;
      case '-' -> Refused.of(line);
      case ':' -> Long.valueOf(line);
      case '$' -> bulk(Integer.parseInt(line));
      case '*' -> list(Integer.parseInt(line));
      default -> throw new IOException("no reply: " + kind + line);
    };
  }

  private @Nullable String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length + 2];
    in.readFully(bytes);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private @Nullable List<@Nullable Object> list(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    List<@Nullable Object> list = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      list.add(read());
    }
    return list;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.readByte(); b != '\r'; b = in.readByte()) {
      line.append((char) (b & 0xff));
    }
    in.readByte();
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
