package io.sunchak.embedded.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks RESP 2 by hand: one command on one connection. */
public final class Resp {
  private Resp() {}

  /** The answer as text; an error is its message, an array is written like a list. */
  public static String ask(String redisUri, String... command) {
    URI uri = URI.create(redisUri);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(5_000);
      String login = login(socket, uri.getUserInfo());
      return login.equals("OK") ? send(socket, command) : login;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String login(Socket socket, @Nullable String userInfo) throws IOException {
    if (userInfo == null) {
      return "OK";
    }
    String[] user = userInfo.split(":", 2);
    return user[0].isEmpty()
        ? send(socket, "AUTH", user[1])
        : send(socket, "AUTH", user[0], user[1]);
  }

  private static String send(Socket socket, String... words) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("*" + words.length + "\r\n"));
    for (String word : words) {
      out.writeBytes(ascii("$" + word.length() + "\r\n" + word + "\r\n"));
    }
    socket.getOutputStream().write(out.toByteArray());
    return read(socket.getInputStream());
  }

  private static String read(InputStream in) throws IOException {
    int kind = in.read();
    String line = line(in);
    return switch (kind) {
      case '+', '-', ':' -> line;
      case '$' -> line.equals("-1") ? "null" : bulk(in, Integer.parseInt(line));
      case '*' -> array(in, Integer.parseInt(line)).toString();
      default -> throw new IOException("not RESP: " + kind);
    };
  }

  private static String bulk(InputStream in, int length) throws IOException {
    String text = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    in.skipNBytes(2);
    return text;
  }

  private static List<String> array(InputStream in, int length) throws IOException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      all.add(read(in));
    }
    return all;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = in.read()) != '\r') {
      if (c < 0) {
        throw new IOException("connection closed");
      }
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
