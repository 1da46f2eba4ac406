package io.sunchak.server.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file system of its own, in memory, that only one process and its children see, so that it ends
 * with them: it can be filled.
 */
final class SmallDisk {
  /** What is missing where {@link #isPossible} is false. */
  static final String NEEDED = "needs the right to mount a tmpfs in a namespace (unshare -rm)";

  /** Room for the engines' first files and a few segments of PostgreSQL's log. */
  private static final String SIZE = "256m";

  private static final int PIECE = 1 << 12;

  /** The kernel clears the death signal when a process enters a user namespace. */
  private static final String MOUNT =
      "mkdir -p \"$0\" && mount -t tmpfs -o size="
          + SIZE
          + ",mode=700 sunchak-test \"$0\" && exec setpriv --pdeathsig KILL \"$@\"";

  private final Path where;

  /**
   * Not there yet.
   *
   * @param where the folder that is the disk, absolute
   */
  SmallDisk(Path where) {
    this.where = where;
  }

  /** Whether it can be done on this machine. */
  static boolean isPossible(Path where) throws IOException, InterruptedException {
    List<String> trial = new ArrayList<>(new SmallDisk(where).command());
    trial.add("true");
    return new ProcessBuilder(trial).inheritIO().start().waitFor() == 0;
  }

  /** Mounts it, and runs the rest of its words as the one process that sees it. */
  List<String> command() {
    return List.of("unshare", "-rm", "sh", "-c", MOUNT, where.toString());
  }

  /** The folder as seen from here, while the process of this number lives. */
  Path seen(long pid) {
    return Path.of("/proc/" + pid + "/root" + where);
  }

  /** Leaves no byte free. */
  void fill(long pid) throws IOException {
    try (OutputStream ballast = Files.newOutputStream(ballast(pid))) {
      while (true) {
        ballast.write(new byte[PIECE]);
      }
    } catch (IOException full) {
      if (Files.getFileStore(seen(pid)).getUsableSpace() > 0) {
        throw full;
      }
    }
  }

  /** Gives back what {@link #fill} took. */
  void free(long pid) throws IOException {
    Files.delete(ballast(pid));
  }

  private Path ballast(long pid) {
    return seen(pid).resolve("ballast");
  }
}
