package io.sunchak.embedded.binaries;

import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.embedded.files.OwnerOnly;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the bundled programs once per version into a folder beside the data. Any number of
 * processes may do so at once: each unpacks into its own folder, and one rename wins.
 */
public final class Binaries {
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final String FOLDER = ".engines";
  private static final String UNPACKING = "unpacking-";
  private static final Duration ABANDONED = Duration.ofHours(1);
  // Larger reads let the decoder run longer at a time: a fifth less of the time it takes.
  private static final int BLOCK = 1 << 20;

  private final Path folder;

  private Binaries(Path folder) {
    this.folder = folder;
  }

  /**
   * Uses the folder beside this data directory, or one inside it if the former cannot be written or
   * belongs to others too.
   */
  public static Binaries beside(Path dataDirectory) {
    Path shared = dataDirectory.resolveSibling(FOLDER);
    if (isOurs(shared)) {
      return new Binaries(shared);
    }
    Path inside = dataDirectory.resolve(FOLDER);
    if (isOurs(inside)) {
      return new Binaries(inside);
    }
    throw new EngineException(
        inside + " cannot be written, or can be written by another user: remove it");
  }

  /** The folder that holds the one program {@code name}, copied from this class path resource. */
  public Path program(String version, String resource, String name) throws IOException {
    return unpacked(
        version,
        target -> {
          Path program = target.resolve(name);
          try (InputStream in = open(resource)) {
            Files.copy(in, program);
          }
          Files.setPosixFilePermissions(program, PROGRAM);
        });
  }

  /** The folder that holds what this {@code .txz} resource holds. */
  public Path archive(String version, String resource) throws IOException {
    return unpacked(
        version,
        target -> {
          try (TarArchiveInputStream tar =
              new TarArchiveInputStream(
                  new BufferedInputStream(new XZInputStream(open(resource)), BLOCK))) {
            extract(tar, target);
          }
        });
  }

  private Path unpacked(String version, Unpacking unpacking) throws IOException {
    Path target = folder.resolve(version);
    if (Files.isDirectory(target)) {
      return target;
    }
    clearAbandoned();
    Path own = Files.createTempDirectory(folder, UNPACKING);
    try {
      Files.setPosixFilePermissions(own, PROGRAM);
      unpacking.into(own);
      // Synced, because after a power cut a partly written program would be taken for a complete
      // one.
      FileTree.forceAll(own);
      Files.move(own, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
    } finally {
      FileTree.delete(own);
    }
    return target;
  }

  /** Removes what remains of starts that were killed while unpacking. */
  private void clearAbandoned() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, UNPACKING + "*")) {
      for (Path path : all) {
        if (isAbandoned(path)) {
          FileTree.delete(path);
        }
      }
    }
  }

  private static boolean isAbandoned(Path path) {
    try {
      Instant changed = Files.getLastModifiedTime(path).toInstant();
      return changed.isBefore(Instant.now().minus(ABANDONED));
    } catch (IOException renamedOrCleared) {
      return false;
    }
  }

  /**
   * Whether this folder, created if absent, can be written by this user and by nobody else:
   * programs are run from it.
   */
  private static boolean isOurs(Path folder) {
    try {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PROGRAM));
      Path probe = Files.createTempFile(folder, "owner", null);
      boolean ours = Files.getOwner(probe).equals(Files.getOwner(folder));
      Files.delete(probe);
      Path ignore = folder.resolve(".gitignore");
      if (ours && !Files.exists(ignore)) {
        OwnerOnly.write(ignore, "*\n");
      }
      return ours && Collections.disjoint(Files.getPosixFilePermissions(folder), OF_OTHERS);
    } catch (IOException unusable) {
      return false;
    }
  }

  private static void extract(TarArchiveInputStream tar, Path target) throws IOException {
    @Nullable TarArchiveEntry entry;
    while ((entry = tar.getNextEntry()) != null) {
      Path path = target.resolve(entry.getName()).normalize();
      if (!path.startsWith(target)) {
        throw new IOException("archive entry outside its folder: " + entry.getName());
      }
      if (entry.isDirectory()) {
        Files.createDirectories(path);
      } else if (entry.isSymbolicLink()) {
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      } else if (!entry.getName().endsWith(".a")) {
        Files.createDirectories(path.getParent());
        Files.copy(tar, path);
        if ((entry.getMode() & 0100) != 0) {
          Files.setPosixFilePermissions(path, PROGRAM);
        }
      }
    }
  }

  private static InputStream open(String resource) throws IOException {
    @Nullable InputStream in = Binaries.class.getResourceAsStream(resource);
    if (in == null) {
      throw new EngineException(
          "no bundled program "
              + resource
              + " for this system: start with --redis-url and"
              + " --postgres-url instead");
    }
    return in;
  }

  @FunctionalInterface
  private interface Unpacking {
    void into(Path target) throws IOException;
  }
}
