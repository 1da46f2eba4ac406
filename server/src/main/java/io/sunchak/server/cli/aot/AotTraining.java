package io.sunchak.server.cli.aot;

import io.sunchak.embedded.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the AOT cache of this build: runs a server on data of its own, and takes over the cache
 * that its JVM leaves where a JVM like this one accepts it. One training runs at a time, whoever
 * begins it. A killed one leaves a folder, which the next one deletes. Thread-safe.
 */
public final class AotTraining implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AotTraining.class.getName());
  private static final String COMPLETE = "complete";
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(20);
  private static final Duration END_LIMIT = Duration.ofSeconds(3);

  private final Path cache;
  private final Path folder;
  private final List<String> words;
  private final Thread background;
  private @Nullable Process running;
  private volatile boolean inBackground;
  private boolean closed;

  /** How a training ended. */
  public enum Outcome {
    TRAINED,
    /** Another process trains the same cache. */
    BUSY,
    /** The training run failed, or a JVM with these flags does not take its cache. */
    REFUSED,
    CLOSED
  }

  /**
   * A training that has not begun.
   *
   * @param words the main class and what makes it a training run; gets a folder as one word more,
   *     in which it may write, and where {@link #complete} is called if all went well
   */
  public AotTraining(AotCache cache, List<String> words) {
    this.cache = cache.file().toAbsolutePath();
    this.folder = beside(".training");
    this.words = words;
    this.background =
        Thread.ofPlatform().daemon().name("aot-training").unstarted(this::trainInBackground);
  }

  /** Called by the training run when it has done everything. */
  public static void complete(Path folder) {
    try {
      Files.createFile(folder.resolve(COMPLETE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trains in the background, and gives way to every other process. */
  public synchronized void begin() {
    if (!closed) {
      inBackground = true;
      background.start();
    }
  }

  private void trainInBackground() {
    try {
      LOG.log(System.Logger.Level.DEBUG, "AOT training: {0}", train());
    } catch (IOException | RuntimeException e) {
      // Without a cache the next start takes longer, and nothing else.
      LOG.log(System.Logger.Level.DEBUG, "AOT training", e);
    }
  }

  /** Trains and returns at the end. The training run ends with the thread that calls this. */
  public Outcome train() throws IOException {
    try (FileChannel channel =
            FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return Outcome.BUSY;
      }
      FileTree.delete(folder);
      Files.createDirectories(folder);
      try {
        Path trained = folder.resolve("trained.aot");
        return takeOver(runs(trained) && fits(trained) ? trained : nothing());
      } finally {
        deleteFolder();
      }
    }
  }

  private boolean runs(Path trained) throws IOException {
    List<String> whole = new ArrayList<>(words);
    whole.add(folder.toString());
    run(JavaCommand.trainingRun(folder, trained, whole, inBackground), LIMIT);
    return Files.exists(folder.resolve(COMPLETE)) && Files.exists(trained);
  }

  /** Asked of a JVM with all flags and the whole environment of this one. */
  private boolean fits(Path trained) throws IOException {
    return AotCache.isSharing(run(JavaCommand.version(trained), CHECK_LIMIT));
  }

  /** So that no start tries again what this build cannot do. */
  private Path nothing() throws IOException {
    return Files.createFile(folder.resolve("nothing.aot"));
  }

  private synchronized Outcome takeOver(Path file) throws IOException {
    if (closed) {
      return Outcome.CLOSED;
    }
    // On the disk before it has its name: after a power cut a partly written file would be taken.
    FileTree.force(file);
    boolean trained = Files.size(file) > 0;
    Files.move(file, cache, StandardCopyOption.ATOMIC_MOVE);
    return trained ? Outcome.TRAINED : Outcome.REFUSED;
  }

  /** Runs it to its end, at most this long, and gives what it printed. */
  private String run(ProcessBuilder command, Duration limit) throws IOException {
    Path output = Files.createTempFile(folder, "output-", ".log");
    command.redirectErrorStream(true).redirectOutput(output.toFile());
    command.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    Process process;
    synchronized (this) {
      if (closed) {
        return "";
      }
      process = command.start();
      running = process;
    }
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        kill(process);
      }
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
    }
    return Files.readString(output);
  }

  /** Its engines end with it, but the JVM that writes the cache is a child like any other. */
  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Engines that end may still write into it for a moment. */
  private void deleteFolder() {
    long begun = System.nanoTime();
    while (Files.exists(folder) && System.nanoTime() - begun < END_LIMIT.toNanos()) {
      try {
        FileTree.delete(folder);
      } catch (IOException again) {
        Thread.onSpinWait();
      }
    }
  }

  private Path beside(String suffix) {
    return cache.resolveSibling(cache.getFileName() + suffix);
  }

  /** Ends a training that runs, and keeps nothing of it. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (running != null) {
        kill(running);
      }
    }
    try {
      if (inBackground) {
        background.join(END_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
