package io.sunchak.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a process by pid and start time, so that a pid that the kernel has reused is never
 * mistaken for ours.
 *
 * @param started ticks since boot on Linux, epoch milliseconds elsewhere; only compared
 */
public record ProcessIdentity(long pid, String started) {
  private static final Path PROC = Path.of("/proc");

  /** The running process with this pid. A zombie counts as ended, because it holds no resources. */
  public static Optional<ProcessIdentity> of(long pid) {
    @Nullable String started =
        Files.isDirectory(PROC.resolve("self")) ? fromProc(pid) : fromHandle(pid);
    return Optional.ofNullable(started).map(time -> new ProcessIdentity(pid, time));
  }

  static Optional<ProcessIdentity> parse(String text) {
    String[] words = text.strip().split(" ", -1);
    if (words.length != 2 || !words[0].matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(new ProcessIdentity(Long.parseLong(words[0]), words[1]));
  }

  public boolean alive() {
    return of(pid).filter(this::equals).isPresent();
  }

  @Override
  public String toString() {
    return pid + " " + started;
  }

  private static @Nullable String fromProc(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      // The command's name is in brackets and may itself contain blanks and brackets.
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      return fields.get(0).equals("Z") || fields.get(0).equals("X") ? null : fields.get(19);
    } catch (IOException gone) {
      return null;
    }
  }

  private static @Nullable String fromHandle(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .map(instant -> Long.toString(instant.toEpochMilli()))
        .orElse(null);
  }
}
