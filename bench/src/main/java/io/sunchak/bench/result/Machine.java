package io.sunchak.bench.result;

import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** On what a run was made: a figure without it means nothing. */
public record Machine(String cpu, int cores, long memoryGiB, String os, String java) {
  private static final long KIB_PER_GIB = 1L << 20;

  /** This one. */
  public static Machine here() {
    return new Machine(
        after("/proc/cpuinfo", "model name", System.getProperty("os.arch", "unknown")),
        Runtime.getRuntime().availableProcessors(),
        Math.ceilDiv(
            Long.parseLong(after("/proc/meminfo", "MemTotal", "0").replaceAll("\\D", "")),
            KIB_PER_GIB),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor.version", "") + " " + Runtime.version());
  }

  private static String after(String file, String key, String otherwise) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(key))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(otherwise);
    } catch (IOException notLinux) {
      return otherwise;
    }
  }

  /**
   * The commit that is measured, with a sign where the tree has changes; {@code unknown} without
   * git.
   */
  public static String commit(Path root) {
    try {
      Process git =
          new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty=+")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String told = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? told : "unknown";
    } catch (IOException noGit) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", "run it again: it goes on where it stopped");
    }
  }
}
