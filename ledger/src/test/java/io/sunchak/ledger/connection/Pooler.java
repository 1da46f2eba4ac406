package io.sunchak.ledger.connection;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before PostgreSQL as PgBouncer does, in what a client meets first: its start-up parameter
 * {@code options} is refused, or with {@code ignore_startup_parameters} dropped.
 */
final class Pooler implements AutoCloseable {
  private static final int PROTOCOL_3_0 = 3 << 16;
  private static final String REFUSAL =
      "SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: options\0\0";

  private final ServerSocket listener;
  private final int target;
  private final boolean drops;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Pooler(int target, boolean drops) throws IOException {
    this.listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    this.target = target;
    this.drops = drops;
    Thread.startVirtualThread(this::accept);
  }

  static Pooler refusingOptions(int target) throws IOException {
    return new Pooler(target, false);
  }

  static Pooler droppingOptions(int target) throws IOException {
    return new Pooler(target, true);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket from = listener.accept();
        open.add(from);
        Thread.startVirtualThread(() -> serve(from));
      }
    } catch (IOException closed) {
      // by the test
    }
  }

  private void serve(Socket from) {
    try (from;
        Socket to = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(to);
      DataInputStream in = new DataInputStream(from.getInputStream());
      String startup = startup(in, from);
      if (!drops) {
        DataOutputStream out = new DataOutputStream(from.getOutputStream());
        out.writeByte('E');
        out.writeInt(4 + REFUSAL.length());
        out.writeBytes(REFUSAL);
        return;
      }
      String without = startup.replaceAll("options\0[^\0]*\0", "");
      DataOutputStream out = new DataOutputStream(to.getOutputStream());
      out.writeInt(8 + without.length());
      out.writeInt(PROTOCOL_3_0);
      out.writeBytes(without);
      Thread back = Thread.startVirtualThread(() -> copy(to, from));
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
      back.join();
    } catch (IOException ended) {
      // by either side
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The parameters; a question for encryption before them is answered with no. */
  private static String startup(DataInputStream in, Socket from) throws IOException {
    while (true) {
      byte[] rest = new byte[in.readInt() - 8];
      int code = in.readInt();
      in.readFully(rest);
      if (code == PROTOCOL_3_0) {
        return new String(rest, StandardCharsets.ISO_8859_1);
      }
      from.getOutputStream().write('N');
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException ended) {
      // by either side
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
