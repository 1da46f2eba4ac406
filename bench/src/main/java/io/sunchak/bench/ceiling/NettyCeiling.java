package io.sunchak.bench.ceiling;

import io.sunchak.bench.subject.ChildProcess;
import io.sunchak.bench.subject.Session;
import io.sunchak.core.CampaignId;
import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.load.command.CommandException;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Endpoint;
import io.sunchak.load.generator.Load;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.Shots;
import io.sunchak.token.TokenSigner;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many requests a second HTTP alone can carry, under the very load that the targets get. For
 * one thread.
 */
public final class NettyCeiling implements AutoCloseable {
  private static final byte[] ANY_KEY =
      "of no meaning, but as long as a real one".getBytes(StandardCharsets.US_ASCII);
  private static final int USERS = 50_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ChildProcess server;
  private final URI url;
  private final Credentials users =
      Credentials.tokens(new TokenSigner(ANY_KEY, InstantSource.system()), "u", USERS);

  private NettyCeiling(ChildProcess server, URI url) {
    this.server = server;
    this.url = url;
  }

  /**
   * Starts a bare server, and returns when it listens.
   *
   * @param accept whether it answers as to an accepted request, or to a refused one
   */
  public static NettyCeiling start(boolean accept) throws InterruptedException {
    int port = LoopbackPorts.free();
    ChildProcess server = start(port, accept);
    try {
      awaitListening(server, port);
    } catch (CommandException | InterruptedException e) {
      server.close();
      throw e;
    }
    return new NettyCeiling(server, URI.create("http://127.0.0.1:" + port));
  }

  /** Where it listens. */
  public URI url() {
    return url;
  }

  /** Closed loop, for so long. */
  public LoadGenerator.Result load(LoadGenerator generator, int connections, int seconds)
      throws InterruptedException {
    return generator.run(
        new Load(
            List.of(url),
            List.of(Endpoint.issue(new CampaignId("open"))),
            users,
            Shots.endless(0, USERS),
            null,
            connections,
            Duration.ofSeconds(seconds),
            PATIENCE));
  }

  @Override
  public void close() {
    server.close();
  }

  private static ChildProcess start(int port, boolean accept) {
    List<String> command = new ArrayList<>();
    command.add(
        Stream.of(System.getProperty("java.home"), "bin", "java")
            .reduce((folder, name) -> folder + File.separator + name)
            .orElseThrow());
    command.addAll(List.of(Session.JVM.split(" ")));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-cp",
            System.getProperty("java.class.path"),
            BareServer.class.getName(),
            Integer.toString(port),
            accept ? "accept" : "refuse"));
    try {
      return ChildProcess.start(new ProcessBuilder(command).inheritIO());
    } catch (IOException e) {
      throw new CommandException("cannot start the bare server: " + e.getMessage(), "run it again");
    }
  }

  private static void awaitListening(ChildProcess server, int port) throws InterruptedException {
    while (server.isAlive()) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(Duration.ofMillis(50));
      }
    }
    throw new CommandException("the bare server ended at once", "read what it said above");
  }
}
