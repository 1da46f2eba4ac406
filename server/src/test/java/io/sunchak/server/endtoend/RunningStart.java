package io.sunchak.server.endtoend;

import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.load.RunningServer;
import io.sunchak.token.TokenSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code start} as a process of its own, on a data directory and a port that outlive it. */
public final class RunningStart implements AutoCloseable {
  private static final int LAST_LINES = 4;
  private static final Duration STOP = Duration.ofSeconds(30);

  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xmx512m");

  private final List<String> within;
  private final Path data;
  private final int port;
  private final List<String> settings;
  private final List<String> more;
  private final Map<String, String> environment;
  private ChildProcess process;

  private RunningStart(
      List<String> within,
      Path data,
      List<String> settings,
      List<String> more,
      Map<String, String> environment) {
    this.within = within;
    this.data = data;
    this.port = LoopbackPorts.free();
    this.settings = settings;
    this.more = more;
    this.environment = environment;
    this.process = launch();
  }

  /** Begins; {@link #awaitReady} waits. */
  public static RunningStart on(Path data, List<String> more, Map<String, String> environment) {
    List<String> all = new ArrayList<>(List.of("--no-demo"));
    all.addAll(more);
    return new RunningStart(List.of(), data, List.of(), all, environment);
  }

  /**
   * In a JVM with these flags, which win over the usual ones. Begins; {@link #awaitReady} waits.
   */
  static RunningStart flagged(Path data, List<String> flags) {
    return new RunningStart(List.of(), data, flags, List.of("--no-demo"), Map.of());
  }

  /**
   * By a command that runs the rest of its words. Begins; {@link #awaitReady} waits.
   *
   * @param within the command
   */
  static RunningStart within(List<String> within, Path data, Map<String, String> environment) {
    return new RunningStart(within, data, List.of(), List.of("--no-demo"), environment);
  }

  /** With these arguments and no other. Begins; {@link #awaitReady} waits. */
  static RunningStart with(Path data, List<String> arguments, Map<String, String> environment) {
    return new RunningStart(List.of(), data, List.of(), arguments, environment);
  }

  /**
   * With the demo, whose drop button runs {@code command}. Begins; {@link #awaitReady} waits.
   *
   * @param command stands for {@code ./sunchak}
   */
  public static RunningStart demo(Path data, Path command, Map<String, String> environment) {
    List<String> settings = List.of("-Dsunchak.command=" + command);
    return new RunningStart(List.of(), data, settings, List.of(), environment);
  }

  private ChildProcess launch() {
    List<String> command = new ArrayList<>(within);
    command.addAll(JAVA);
    command.addAll(settings);
    command.addAll(List.of("-cp", RunClassPath.text(), "io.sunchak.server.cli.ServerMain"));
    command.addAll(
        List.of("start", "--port", Integer.toString(port), "--data-dir", data.toString()));
    command.addAll(more);
    return ChildProcess.start(command, environment, data.resolveSibling("logs"));
  }

  public RunningStart awaitReady() {
    process.awaitOutput("ready in");
    return this;
  }

  /** The same command on the same data directory, after its end. */
  public void again() throws InterruptedException {
    process.exitCode(STOP);
    process = launch();
    awaitReady();
  }

  public ChildProcess process() {
    return process;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public TokenSigner signer() {
    String given = environment.get("SUNCHAK_TOKEN_SECRET");
    return given == null
        ? RunningServer.of(data).signer()
        : new TokenSigner(given.getBytes(StandardCharsets.UTF_8), InstantSource.system());
  }

  public Path data() {
    return data;
  }

  /** The process of {@code redis} or {@code postgres}; another one after a restart. */
  long enginePid(String role) {
    try {
      String identity = Files.readString(data.resolve("run").resolve(role + ".pid"));
      return Long.parseLong(identity.strip().split(" ", 2)[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of its output and of its engines' logs. */
  String lastWords() {
    String run = data.resolve("run").toString();
    return Stream.of(process.output(), process.errors(), log(run, "postgres"), log(run, "redis"))
        .flatMap(RunningStart::lastLines)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static Stream<String> lastLines(String text) {
    List<String> lines = text.lines().toList();
    return lines.stream().skip(Math.max(0, lines.size() - LAST_LINES));
  }

  private static String log(String run, String role) {
    try {
      return Files.readString(Path.of(run, role + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
