package io.sunchak.bench.ceiling;

import io.sunchak.bench.BenchException;
import io.sunchak.bench.target.ChildProcess;
import io.sunchak.bench.target.Sitting;
import io.sunchak.core.CampaignId;
import io.sunchak.core.token.TokenSigner;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Load;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.Shots;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How many requests a second HTTP alone can carry, under the very load that the targets get. */
public final class NettyCeiling {
  private static final int USERS = 50_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private NettyCeiling() {}

  /**
   * Measures it.
   *
   * @param accept whether it answers as to an accepted request, or to a refused one
   */
  public static LoadGenerator.Result measure(
      LoadGenerator generator, boolean accept, int connections, int warmup, int measure)
      throws InterruptedException {
    int port = freePort();
    try (ChildProcess server = start(port, accept)) {
      awaitListening(server, port);
      URI url = URI.create("http://127.0.0.1:" + port);
      byte[] anyKey =
          "of no meaning, but as long as a real one".getBytes(StandardCharsets.US_ASCII);
      Credentials users =
          Credentials.tokens(new TokenSigner(anyKey, InstantSource.system()), "u", USERS);
      generator.run(load(url, users, connections, warmup));
      return generator.run(load(url, users, connections, measure));
    }
  }

  private static Load load(URI url, Credentials users, int connections, int seconds) {
    return new Load(
        List.of(url),
        List.of(new CampaignId("open")),
        users,
        Shots.endless(0, USERS),
        null,
        connections,
        Duration.ofSeconds(seconds),
        PATIENCE);
  }

  private static ChildProcess start(int port, boolean accept) {
    List<String> command = new ArrayList<>();
    command.add(
        Stream.of(System.getProperty("java.home"), "bin", "java")
            .reduce((folder, name) -> folder + File.separator + name)
            .orElseThrow());
    command.addAll(List.of(Sitting.JVM.split(" ")));
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
      throw new BenchException("cannot start the bare server: " + e.getMessage(), "run it again");
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchException("no free port: " + e.getMessage(), "end other programs");
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
    throw new BenchException("the bare server ended at once", "read what it said above");
  }
}
