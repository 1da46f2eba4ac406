package io.sunchak.embedded.redis;

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

/**
 * A transaction at the end of Redis' log whose writing was cut short, by a power failure for
 * instance. Redis drops all of it when it loads, but takes only the torn command off the file: the
 * {@code MULTI} stays, the next transaction's {@code EXEC} ends it, and after one more start half a
 * script has run (seen on 7.0.15; mended for Valkey in <a
 * href="https://github.com/valkey-io/valkey/pull/4342">4342</a>). So it is taken off before.
 */
final class TornTransaction {
  private static final String MULTI = "*1\r\n$5\r\nMULTI\r\n";
  private static final String EXEC = "*1\r\n$4\r\nEXEC\r\n";

  /** More than the longest transaction: a resync loads 1,000 holders at a time. */
  private static final int LONGEST = 4 << 20;

  private TornTransaction() {}

  /** Takes it off the log in this data directory, where there is one. Redis must not run. */
  static void cut(Path data) throws IOException {
    Optional<Path> log = lastPart(data);
    if (log.isPresent()) {
      try (FileChannel file =
          FileChannel.open(log.get(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        cut(file);
      }
    }
  }

  private static void cut(FileChannel file) throws IOException {
    long from = Math.max(0, file.size() - LONGEST);
    ByteBuffer bytes = ByteBuffer.allocate((int) (file.size() - from));
    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
      // until all of it is read
    }
    String tail = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    int begun = tail.lastIndexOf(MULTI);
    if (begun > tail.lastIndexOf(EXEC)) {
      file.truncate(from + begun);
      file.force(true);
    }
  }

  /** Since Redis 7 the log has parts, and the last one takes the writes; before it is one file. */
  private static Optional<Path> lastPart(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> file.toString().endsWith(".incr.aof") || file.endsWith("appendonly.aof"))
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(TornTransaction::number));
    }
  }

  /** {@code appendonly.aof.12.incr.aof} is the twelfth. */
  private static long number(Path part) {
    String digits = String.valueOf(part.getFileName()).replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }
}
