package io.sunchak.embedded.testing;

import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.PostgresLogin;
import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.embedded.process.Command;
import io.sunchak.embedded.process.LaunchPrefix;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Debian's PgBouncer before a PostgreSQL, in transaction mode, with fewer sessions than a node has
 * connections, so that one is never a client's own. Ends with the JVM at the latest.
 */
public final class PgBouncer implements AutoCloseable {
  /** Where Debian's package puts it, which no Maven artifact has. */
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

  /** Why a test that needs it did not run. */
  public static final String NEEDED =
      "needs " + PROGRAM + ": apt-get install pgbouncer, as ./sunchak test does";

  private final int port = LoopbackPorts.free();
  private final Process process;

  /**
   * Starts it with its defaults.
   *
   * @param postgres the port that it connects to
   */
  public static PgBouncer before(EmbeddedEngines engines, int postgres) throws IOException {
    return new PgBouncer(engines, postgres, "");
  }

  /**
   * Starts it.
   *
   * @param ignored start-up parameters that it does not know and drops
   */
  public PgBouncer(EmbeddedEngines engines, int postgres, String ignored) throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target"), "pgbouncer-").toAbsolutePath();
    Path users = folder.resolve("users");
    Files.writeString(users, user(engines.postgresServer()) + user(engines.postgresOwner()));
    Path settings = folder.resolve("pgbouncer.ini");
    Files.writeString(
        settings,
        """
        [databases]
        * = host=127.0.0.1 port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = scram-sha-256
        auth_file = %s
        pool_mode = transaction
        default_pool_size = 6
        server_login_retry = 1
        ignore_startup_parameters = %s
        """
            .formatted(postgres, port, users, ignored));
    List<String> command = new ArrayList<>(LaunchPrefix.probe().forPostgres());
    command.addAll(List.of(PROGRAM.toString(), "-q", settings.toString()));
    process = Command.builder(command).redirectOutput(folder.resolve("log").toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    await("pgbouncer listens").atMost(Duration.ofSeconds(30)).until(this::listens);
  }

  private static String user(PostgresLogin login) {
    return "\"%s\" \"%s\"%n".formatted(login.user(), login.password());
  }

  /** Whether it is there to be started. */
  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  public int port() {
    return port;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      if (!process.isAlive()) {
        throw new IllegalStateException("pgbouncer ended with " + process.exitValue());
      }
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
