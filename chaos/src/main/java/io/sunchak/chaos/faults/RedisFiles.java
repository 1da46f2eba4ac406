package io.sunchak.chaos.faults;

import io.sunchak.embedded.files.FileTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The data directory of a Redis: its log, in parts or one file. Not thread-safe. */
final class RedisFiles {
  private final Path folder;
  private final Path copy;

  RedisFiles(Path folder) {
    this.folder = folder;
    this.copy = folder.resolveSibling("redis-copy");
  }

  void keepCopy() throws IOException {
    FileTree.copy(folder, copy);
  }

  void restoreCopy() throws IOException {
    FileTree.copy(copy, folder);
  }

  void delete() throws IOException {
    FileTree.delete(folder);
  }

  /** The last bytes are gone, as where a disk had not kept what it said it had. */
  void cutTail(long bytes) throws IOException {
    Optional<Path> last = lastPart();
    if (last.isPresent()) {
      try (FileChannel file = FileChannel.open(last.get(), StandardOpenOption.WRITE)) {
        file.truncate(Math.max(0, file.size() - bytes));
      }
    }
  }

  /**
   * The log ends within one more group of the campaign, which nobody was answered: as where the
   * power failed while it was written. It is cut anywhere before its end.
   */
  void addTornWrite(String slot, int choice) throws IOException {
    Optional<Path> last = lastPart();
    if (last.isPresent()) {
      byte[] write =
          TornGroup.after(Files.readString(last.get(), StandardCharsets.ISO_8859_1), slot);
      try (FileChannel file = FileChannel.open(last.get(), StandardOpenOption.APPEND)) {
        file.write(ByteBuffer.wrap(write, 0, 1 + choice % (write.length - 1)));
      }
    }
  }

  /** Since Redis 7 the log has parts, and the last one takes the writes; before it is one file. */
  private Optional<Path> lastPart() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".incr.aof") || file.endsWith("appendonly.aof"))
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(RedisFiles::number));
    }
  }

  /** {@code appendonly.aof.12.incr.aof} is the twelfth. */
  private static long number(Path file) {
    String digits = String.valueOf(file.getFileName()).replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }
}
