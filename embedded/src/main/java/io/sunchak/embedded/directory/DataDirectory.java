package io.sunchak.embedded.directory;

import io.sunchak.embedded.binaries.Binaries;
import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.files.FileTree;
import io.sunchak.embedded.files.OwnerOnly;
import io.sunchak.embedded.process.Reaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory that holds both engines' data, secrets and run files, locked for one start at a
 * time. Opening it kills the processes that a killed start left running, and waits for their end.
 * Thread-safe; close it after the engines.
 *
 * <pre>
 * secrets/            passwords and token key, 0600
 * redis/, postgres/   the engines' own data
 * run/                pid, start time, port and log of each engine
 * engines.properties  which engine and version wrote the data
 * ../.engines/        unpacked programs, shared by neighbouring data directories; .engines/ inside if that folder cannot be used
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final DirectoryLock lock;
  private final Secrets secrets;
  private final EngineRecord engines;
  private final boolean ephemeral;

  private DataDirectory(Path root, DirectoryLock lock, Secrets secrets, boolean ephemeral) {
    this.root = root;
    this.lock = lock;
    this.secrets = secrets;
    this.engines = new EngineRecord(root.resolve("engines.properties"));
    this.ephemeral = ephemeral;
  }

  /**
   * Opens a directory that is kept between runs, making it when absent.
   *
   * @throws EngineException when another start holds it, or it cannot be written
   */
  public static DataDirectory open(Path directory) {
    return open(directory, false);
  }

  /** Opens a fresh directory below {@code parent} that is deleted on close. */
  public static DataDirectory ephemeral(Path parent) {
    try {
      Files.createDirectories(parent);
      return open(Files.createTempDirectory(parent, "ephemeral-"), true);
    } catch (IOException e) {
      throw new EngineException("cannot make a data directory below " + parent, e);
    }
  }

  public Path root() {
    return root;
  }

  public Secrets secrets() {
    return secrets;
  }

  public Path redis() {
    return root.resolve("redis");
  }

  public Path postgres() {
    return root.resolve("postgres");
  }

  public Path run() {
    return root.resolve("run");
  }

  public Binaries binaries() {
    return Binaries.beside(root);
  }

  public EngineRecord engines() {
    return engines;
  }

  @Override
  public void close() {
    try (lock) {
      if (ephemeral) {
        FileTree.delete(root);
      }
    } catch (IOException e) {
      throw new EngineException("cannot close data directory " + root, e);
    }
  }

  private static DataDirectory open(Path directory, boolean ephemeral) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      OwnerOnly.directory(root);
      DirectoryLock lock = DirectoryLock.take(root);
      try {
        return prepare(root, lock, ephemeral);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EngineException("cannot use data directory " + root + ": " + e.getMessage(), e);
    }
  }

  private static DataDirectory prepare(Path root, DirectoryLock lock, boolean ephemeral)
      throws IOException {
    DataDirectory opened = new DataDirectory(root, lock, Secrets.ensure(root), ephemeral);
    OwnerOnly.directory(opened.run());
    OwnerOnly.directory(opened.redis());
    FileTree.force(root);
    Reaper.reapAll(root, opened.run());
    return opened;
  }
}
