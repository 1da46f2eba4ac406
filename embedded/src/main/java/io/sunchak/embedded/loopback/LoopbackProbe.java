package io.sunchak.embedded.loopback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Asks an engine in its own protocol, without a client library, whether it answers. */
public final class LoopbackProbe {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int PROTOCOL_3_0 = 3 << 16;
  private static final int FIRST_WORDS = 512;

  private LoopbackProbe() {}

  /** AUTH, then PING; a Redis that still loads its data refuses the PING. */
  public static boolean redis(int port, String password) {
    return redisSays(port, password, "+OK\r\n+PONG\r\n");
  }

  /** The first word of that refusal. */
  public static boolean redisLoads(int port, String password) {
    return redisSays(port, password, "+OK\r\n-LOADING");
  }

  private static boolean redisSays(int port, String password, String expected) {
    String asked = "AUTH " + password + "\r\nPING\r\n";
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(asked.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = expected.getBytes(StandardCharsets.US_ASCII);
      byte[] got = socket.getInputStream().readNBytes(answer.length);
      return java.util.Arrays.equals(answer, got);
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * StartupMessage of protocol 3.0. A server that is up asks for a password ({@code R}); one that
   * still recovers answers with an error ({@code E}).
   */
  public static boolean postgres(int port, String user, String database) {
    return postgresSays(port, user, database).startsWith("R");
  }

  /** Its error is {@code cannot_connect_now}. */
  public static boolean postgresRecovers(int port, String user, String database) {
    String said = postgresSays(port, user, database);
    return said.startsWith("E") && said.contains("C57P03");
  }

  private static String postgresSays(int port, String user, String database) {
    byte[] settings =
        ("user\0" + user + "\0database\0" + database + "\0\0").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer startup = ByteBuffer.allocate(8 + settings.length);
    startup.putInt(8 + settings.length).putInt(PROTOCOL_3_0).put(settings);
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(startup.array());
      byte[] first = new byte[FIRST_WORDS];
      int length = Math.max(0, socket.getInputStream().read(first));
      return new String(first, 0, length, StandardCharsets.ISO_8859_1);
    } catch (IOException notYet) {
      return "";
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
