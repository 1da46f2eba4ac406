package io.sunchak.server.http.netty;

import io.sunchak.server.testing.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Attackers of a server, as a program: {@code Attackers ATTACK PORT}. It says {@code attacking}
 * when each has made its first move, counts them when its input ends, and ends then, or with its
 * parent.
 *
 * <p>It is a process of its own so that what the attackers themselves need is not taken from the
 * server's threads: they are to sit on other machines.
 */
final class Attackers {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration AT_MOST = Duration.ofMinutes(2);
  private static final String BUNDLE =
      "GET /swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: a\r\n";

  /** What costs its caller little. */
  enum Attack {
    HEALTH_THAT_IS_NOT_THERE(8),
    MANY_RANGES_OF_A_FILE(2),
    FILES_THAT_NOBODY_READS(200),
    BODIES_IN_LATER_READS(8),
    BODIES_THAT_DO_NOT_COME(200),
    PIPELINES_THAT_NOBODY_READS(8);

    private final int connections;

    Attack(int connections) {
      this.connections = connections;
    }

    /** A move; whether another may follow on the same connection. */
    private boolean on(RawSocket socket) throws IOException {
      switch (this) {
        case HEALTH_THAT_IS_NOT_THERE ->
            socket.say("GET /actuator/health/x/y HTTP/1.1\r\nHost: a\r\n\r\n").until("}");
        case MANY_RANGES_OF_A_FILE ->
            socket
                .say(BUNDLE + "Range: bytes=" + ranges() + "\r\nConnection: close\r\n\r\n")
                .untilClosed();
        case FILES_THAT_NOBODY_READS -> socket.say((BUNDLE + "\r\n").repeat(4));
        case BODIES_IN_LATER_READS ->
            socket.say(issue() + "Content-Length: 5\r\n\r\n").say("hello").until("}");
        case BODIES_THAT_DO_NOT_COME -> socket.say(issue() + "Content-Length: 5000\r\n\r\n");
        case PIPELINES_THAT_NOBODY_READS -> socket.say((issue() + "\r\n").repeat(50));
      }
      return this != MANY_RANGES_OF_A_FILE;
    }

    /** Whether a connection that has made its move keeps still. */
    private boolean waits() {
      return this == FILES_THAT_NOBODY_READS || this == BODIES_THAT_DO_NOT_COME;
    }

    private static String issue() {
      return "POST /api/v1/campaigns/attacked/issues HTTP/1.1\r\nHost: a\r\n";
    }

    private static String ranges() {
      StringBuilder ranges = new StringBuilder("0-9");
      for (int i = 1; i < 100; i++) {
        ranges.append(',').append(i * 1_000).append('-').append(i * 1_000 + 9);
      }
      return ranges.toString();
    }
  }

  private final Attack attack;
  private final int port;
  private final CountDownLatch begun;
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicLong moves = new AtomicLong();
  private final long deadline = System.nanoTime() + AT_MOST.toNanos();

  private Attackers(Attack attack, int port) {
    this.attack = attack;
    this.port = port;
    this.begun = new CountDownLatch(attack.connections);
  }

  static void main(String[] arguments) throws IOException, InterruptedException {
    new Attackers(Attack.valueOf(arguments[0]), Integer.parseInt(arguments[1])).untilInputEnds();
  }

  private void untilInputEnds() throws IOException, InterruptedException {
    for (int i = 0; i < attack.connections; i++) {
      Thread.startVirtualThread(this::attack);
    }
    begun.await();
    System.out.println("attacking");
    while (System.in.read() >= 0) {}
    over.countDown();
    System.out.println(moves);
  }

  private void attack() {
    boolean first = true;
    while (goesOn()) {
      try (RawSocket socket = new RawSocket(port, PATIENCE)) {
        boolean again = true;
        while (again && goesOn()) {
          again = attack.on(socket);
          moves.incrementAndGet();
          if (first) {
            first = false;
            begun.countDown();
          }
          if (attack.waits()) {
            over.await();
          }
        }
      } catch (IOException ended) {
        // by the server; another connection follows
      } catch (InterruptedException never) {
        return;
      }
    }
  }

  private boolean goesOn() {
    return over.getCount() > 0 && System.nanoTime() - deadline < 0;
  }
}
