package io.sunchak.embedded.testing;

import io.sunchak.embedded.process.Command;
import io.sunchak.embedded.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Kills, stops and finds processes. */
public final class Processes {
  private Processes() {}

  /** {@code kill -9}, and waits until the kernel has let go of it. */
  public static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    awaitGone(pid);
  }

  public static void freeze(long pid) {
    Command.Result sent = Command.run(List.of("sh", "-c", "kill -STOP " + pid));
    if (!sent.ok()) {
      throw new AssertionError(sent.output());
    }
  }

  public static boolean alive(long pid) {
    return ProcessIdentity.of(pid).isPresent();
  }

  public static void awaitGone(long pid) {
    Awaitility.await("end of process " + pid).until(() -> !alive(pid));
  }

  /** Whatever works in this directory or below it, by its working directory. */
  public static List<Long> workingIn(Path directory) throws IOException {
    List<Long> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        if (worksIn(process, directory)) {
          found.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return found;
  }

  private static boolean worksIn(Path process, Path directory) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).startsWith(directory)
          && alive(Long.parseLong(process.getFileName().toString()));
    } catch (IOException gone) {
      return false;
    }
  }
}
