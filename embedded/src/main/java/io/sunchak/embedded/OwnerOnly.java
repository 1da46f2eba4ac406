package io.sunchak.embedded;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Writes directories (0700) and files (0600) that only their owner can read. */
final class OwnerOnly {
  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
      asFileAttribute(fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      asFileAttribute(fromString("rw-------"));

  private OwnerOnly() {}

  static Path directory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return directory;
    }
    return Files.createDirectories(directory, DIRECTORY);
  }

  /** Replaces the file as a whole: a reader sees the old text or the new, never a part. */
  static void write(Path file, String text) throws IOException {
    move(prepare(file, text), file);
  }

  /** Like {@link #write}, and on the disk when it returns. */
  static void keep(Path file, String text) throws IOException {
    Path written = prepare(file, text);
    FileTree.force(written);
    move(written, file);
    FileTree.force(file.toAbsolutePath().resolveSibling(""));
  }

  private static Path prepare(Path file, String text) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Path written = Files.createTempFile(parent, ".writing", null, FILE);
    Files.write(written, text.getBytes(StandardCharsets.UTF_8));
    return written;
  }

  private static void move(Path written, Path file) throws IOException {
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
