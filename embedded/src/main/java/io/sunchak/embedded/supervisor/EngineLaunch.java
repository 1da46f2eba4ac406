package io.sunchak.embedded.supervisor;

import io.sunchak.embedded.engine.Engine;
import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.engine.EngineProgram;
import io.sunchak.embedded.files.OwnerOnly;
import io.sunchak.embedded.loopback.LoopbackPorts;
import io.sunchak.embedded.process.Command;
import io.sunchak.embedded.process.LaunchThread;
import io.sunchak.embedded.process.ProcessIdentity;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One launch of one engine, and the files in {@code run/} that go with it. */
public final class EngineLaunch {
  private static final System.Logger LOG = System.getLogger(EngineLaunch.class.getName());
  private static final long ASK_EVERY_MILLIS = 10;
  private static final int TAIL_LINES = 8;
  private static final long LONG_LOG = 1 << 20;

  private final Engine engine;
  private final Path run;
  private final LaunchThread thread;
  private long logFrom;

  public EngineLaunch(Engine engine, Path run, LaunchThread thread) {
    this.engine = engine;
    this.run = run;
    this.thread = thread;
  }

  String role() {
    return engine.role();
  }

  Path program() {
    return engine.program().path();
  }

  String describe(int port) {
    EngineProgram program = engine.program();
    return program.version() + " (" + program.source() + ", 127.0.0.1:" + port + ")";
  }

  /** The port of the previous run, so that clients of a restarted server find it again. */
  int previousPort() {
    try {
      int port = Integer.parseInt(Files.readString(file(".port")).strip());
      return LoopbackPorts.isFree(port) ? port : LoopbackPorts.free();
    } catch (IOException | IllegalArgumentException none) {
      return LoopbackPorts.free();
    }
  }

  void rememberPort(int port) throws IOException {
    OwnerOnly.write(file(".port"), Integer.toString(port));
  }

  Process begin(int port) throws IOException {
    engine.clear();
    ProcessBuilder command = engine.command(port);
    Process process = thread.start(command.redirectOutput(Redirect.appendTo(log())));
    ProcessIdentity.of(process.pid()).ifPresent(this::rememberProcess);
    return process;
  }

  /** Keeps the output of earlier starts, which holds the reason of a crash. */
  private File log() throws IOException {
    Path log = file(".log");
    if (Files.exists(log) && Files.size(log) > LONG_LOG) {
      Files.move(log, file(".log.old"), StandardCopyOption.REPLACE_EXISTING);
    }
    logFrom = Files.exists(log) ? Files.size(log) : 0;
    return log.toFile();
  }

  /**
   * Returns when the engine answers. Ends it and throws if it dies or takes too long, but not while
   * it loads its data, because it would only have to start loading again.
   */
  void awaitReady(Process process, int port, Duration patience) throws NotReady {
    long start = System.nanoTime();
    try {
      while (!engine.ready(port) || !process.isAlive()) {
        if (process.waitFor(ASK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new NotReady(role() + " ended with code " + process.exitValue(), tail());
        }
        boolean late = System.nanoTime() - start > patience.toNanos();
        // Asked again at the end, because it may just have finished loading.
        if (late && !engine.loading(port) && !engine.ready(port)) {
          process.destroyForcibly();
          throw new NotReady(role() + " gave no answer in " + patience.toSeconds() + " s", tail());
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new NotReady("interrupted while " + role() + " started", "");
    }
  }

  void end(Process process, Duration patience) {
    try {
      if (process.isAlive()) {
        signal(process);
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
      engine.clear();
      Files.deleteIfExists(file(".pid"));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException | EngineException e) {
      warn(e);
    }
  }

  void warn(Exception failure) {
    boolean ours = failure instanceof NotReady || failure instanceof EngineException;
    String told = ours ? failure.getMessage() : failure.toString();
    LOG.log(System.Logger.Level.WARNING, "{0}: {1}", role(), told);
  }

  // A shell, because its kill is a builtin: a minimal machine has no /bin/kill.
  private void signal(Process process) {
    Command.run(List.of("sh", "-c", "kill -" + engine.stopSignal() + " " + process.pid()));
  }

  private void rememberProcess(ProcessIdentity identity) {
    try {
      OwnerOnly.write(file(".pid"), identity.toString());
    } catch (IOException e) {
      warn(e);
    }
  }

  private Path file(String suffix) {
    return run.resolve(role() + suffix);
  }

  /** The output of this launch only. */
  private String tail() {
    try (InputStream log = Files.newInputStream(file(".log"))) {
      log.skipNBytes(logFrom);
      List<String> lines =
          new String(log.readAllBytes(), StandardCharsets.ISO_8859_1).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException none) {
      return "";
    }
  }

  /** A launch that did not lead to an answering engine. */
  static final class NotReady extends Exception {
    private final String log;

    NotReady(String message, String log) {
      super(message + (log.isEmpty() ? "" : ", its last words:\n" + log));
      this.log = log;
    }

    /** The engines use the text of their C library: glibc, or musl for the bundled Redis. */
    boolean portTaken() {
      return log.contains("ddress already in use") || log.contains("ddress in use");
    }

    EngineException asEngineException() {
      return new EngineException(String.valueOf(getMessage()), this);
    }
  }
}
