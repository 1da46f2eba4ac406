package io.sunchak.embedded.files;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import io.sunchak.embedded.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;

/**
 * Writes directories (0700) and files (0600) that only their owner can read, and refuses those that
 * others can read.
 */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final Set<PosixFilePermission> OF_OTHERS = fromString("---rwxrwx");
  private static final String ROOT = "root";

  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
      asFileAttribute(fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      asFileAttribute(fromString("rw-------"));

  private OwnerOnly() {}

  /** This directory, made when absent. */
  public static Path directory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return directory;
    }
    return Files.createDirectories(directory, DIRECTORY);
  }

  /**
   * Refuses a file that another user may have put there.
   *
   * @throws EngineException if it belongs to another user (except root), or others can write it
   */
  public static void refuseForeign(Path path) throws IOException {
    String owner = Files.getOwner(path).getName();
    if (!owner.equals(Me.NAME) && !owner.equals(ROOT)) {
      throw new EngineException(
          "%s belongs to %s and this is %s: start as %s, or choose another --data-dir"
              .formatted(path, owner, Me.NAME, owner));
    }
    if (isOpenTo(WRITTEN_BY_OTHERS, path)) {
      throw new EngineException(
          "%1$s can be written by other users: chmod go-w %1$s, or choose another --data-dir"
              .formatted(path));
    }
  }

  /**
   * Refuses a secret, or the directory of secrets, that others can access.
   *
   * @throws EngineException as {@link #refuseForeign}, and if others can read it
   */
  public static void refuseShared(Path path) throws IOException {
    refuseForeign(path);
    if (isOpenTo(OF_OTHERS, path)) {
      throw new EngineException(
          "%1$s can be read by other users: chmod go= %1$s if nobody did, else remove it and a new one is made"
              .formatted(path));
    }
  }

  private static boolean isOpenTo(Set<PosixFilePermission> others, Path path) throws IOException {
    return !Collections.disjoint(Files.getPosixFilePermissions(path), others);
  }

  /** The owner of files that this process creates. */
  private static final class Me {
    static final String NAME = name();

    private static String name() {
      try {
        Path probe = Files.createTempFile("sunchak-owner", null);
        String owner = Files.getOwner(probe).getName();
        Files.delete(probe);
        return owner;
      } catch (IOException e) {
        throw new EngineException("cannot write into the folder for temporary files", e);
      }
    }
  }

  /** Replaces the file as a whole: a reader sees the old text or the new, never a part. */
  public static void write(Path file, String text) throws IOException {
    move(prepare(file, text), file);
  }

  /** Like {@link #write}, and synced to the disk. */
  public static void keep(Path file, String text) throws IOException {
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
