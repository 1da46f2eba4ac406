package io.sunchak.server.testing;

import static org.awaitility.Awaitility.await;

import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.embedded.process.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Debian's nginx before a server, with gzip for everything that it may compress. Below {@link
 * #PLAIN} it is as it comes: HTTP/1.0, a connection for each request. Below {@link #KEPT} it keeps
 * its connections. It takes the prefix off. Ends with the JVM at the latest.
 */
public final class Nginx implements AutoCloseable {
  public static final String PLAIN = "/coupons";
  public static final String KEPT = "/kept";

  /** Why a test that needs it did not run. */
  public static final String NEEDED =
      "needs /usr/sbin/nginx: apt-get install nginx-light, as ./sunchak test does";

  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

  private final int port = LoopbackPorts.free();
  private final Process process;

  /** Starts it before {@code server}. */
  public Nginx(URI server) throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target"), "nginx-").toAbsolutePath();
    Path settings = folder.resolve("nginx.conf");
    Files.writeString(settings, settings(folder, server.getPort()));
    process =
        Command.builder(
                List.of(
                    PROGRAM.toString(),
                    "-p",
                    folder.toString(),
                    "-c",
                    settings.toString(),
                    "-e",
                    folder.resolve("error.log").toString()))
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    await("nginx listens").atMost(Duration.ofSeconds(30)).until(this::listens);
  }

  private String settings(Path folder, int server) {
    return """
    daemon off;
    master_process off;
    pid %1$s/pid;
    events {}
    http {
      access_log off;
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      gzip on;
      gzip_types *;
      gzip_min_length 1;
      gzip_proxied any;
      upstream kept { server 127.0.0.1:%3$d; keepalive 8; }
      server {
        listen 127.0.0.1:%2$d;
        location %4$s/ { proxy_pass http://127.0.0.1:%3$d/; }
        location %5$s/ { proxy_pass http://kept/; proxy_http_version 1.1; proxy_set_header Connection ""; }
      }
    }
    """
        .formatted(folder, port, server, PLAIN, KEPT);
  }

  /** Whether it is there to be started. */
  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** Its address, without a prefix. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      if (!process.isAlive()) {
        throw new IllegalStateException("nginx ended with " + process.exitValue());
      }
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
