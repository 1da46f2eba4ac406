package io.sunchak.embedded.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Another JVM with a test's class path and a {@code main} of the tests. */
public final class ChildJvm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  public static ChildJvm run(Class<?> main, String... arguments) throws IOException {
    return run(List.of(), System.getProperty("java.class.path", ""), main, arguments);
  }

  /** With something before {@code java}, such as a change of user. */
  public static ChildJvm run(
      List<String> before, String classPath, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classPath));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line it prints; fails when it ends without one. */
  public String line() throws IOException {
    @Nullable String line = output.readLine();
    if (line == null) {
      throw new AssertionError("the child JVM ended without an answer");
    }
    return line;
  }

  /** Sends a line. */
  public void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  public long pid() {
    return process.pid();
  }

  /** {@code kill -9}, and waits for the end. */
  public void kill() {
    process.destroyForcibly();
    Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
  }

  /** Ends its input, on which it stops in order. */
  public int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
        ? process.exitValue()
        : -1;
  }

  @Override
  public void close() {
    kill();
  }
}
