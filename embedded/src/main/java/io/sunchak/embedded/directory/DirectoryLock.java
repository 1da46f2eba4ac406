package io.sunchak.embedded.directory;

import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.files.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets one start at a time use a data directory. The kernel frees the lock when the process dies.
 */
final class DirectoryLock implements AutoCloseable {
  // POSIX drops a process's lock as soon as it closes any descriptor of the file, so a second
  // open in this JVM must be refused before it touches the file.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw inUse(directory);
    }
    @Nullable DirectoryLock taken = null;
    try {
      taken = lock(real);
      return taken;
    } finally {
      if (taken == null) {
        HELD.remove(real);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(directory);
  }

  private static DirectoryLock lock(Path real) throws IOException {
    FileChannel channel =
        FileChannel.open(real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(real);
      }
      OwnerOnly.write(real.resolve("holder"), Long.toString(ProcessHandle.current().pid()));
      return new DirectoryLock(real, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static EngineException inUse(Path directory) {
    String holder;
    try {
      holder = "process " + Files.readString(directory.resolve("holder"));
    } catch (IOException unknown) {
      holder = "another process";
    }
    return new EngineException(
        "data directory "
            + directory
            + " is in use by "
            + holder
            + ": stop that one, or choose another with --data-dir");
  }
}
