package io.sunchak.bench.subject;

import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server in a process of its own, started by {@code ./sunchak} as a person would. */
final class ServerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(50);

  private final ChildProcess process;
  private final URI url;
  private final Path log;

  private ServerProcess(ChildProcess process, URI url, Path log) {
    this.process = process;
    this.url = url;
    this.log = log;
  }

  /** Starts it and returns when it answers; the first time may have to build it. */
  static ServerProcess start(
      List<String> command, Map<String, String> environment, int port, Path log)
      throws InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of("--port", Integer.toString(port)));
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      ServerProcess started =
          new ServerProcess(
              ChildProcess.start(builder), URI.create("http://127.0.0.1:" + port), log);
      started.awaitReady();
      return started;
    } catch (IOException e) {
      throw new CommandException(
          "cannot start " + String.join(" ", command) + ": " + e.getMessage(), "try it by hand");
    }
  }

  URI url() {
    return url;
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest probe = HttpRequest.newBuilder(url.resolve("/api/v1/campaigns")).build();
      while (!answers(client, probe)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          String last = lastWords();
          kill();
          throw new CommandException("the server did not start: " + last, "read " + log);
        }
        Thread.sleep(POLL);
      }
    }
  }

  private static boolean answers(HttpClient client, HttpRequest probe) throws InterruptedException {
    try {
      return client.send(probe, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "it said nothing" : lines.getLast();
    } catch (IOException e) {
      return "its log cannot be read";
    }
  }

  /** Without any warning, as a machine would lose it. */
  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
