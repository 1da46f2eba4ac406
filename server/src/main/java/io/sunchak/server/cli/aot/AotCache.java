package io.sunchak.server.cli.aot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file of the JVM's AOT cache (JEP 483): linked classes and method profiles of a training run.
 * {@code ./sunchak} names the file, and gives it to the JVM where it is there. The JVM itself
 * checks that it was made by the same JDK from the same jars, and does without it otherwise. An
 * empty file says that training was tried and gave nothing that this JVM takes.
 */
public record AotCache(Path file) {
  private static final String PROPERTY = "sunchak.aot-cache";
  private static final String FLAG = "-XX:AOTCache=";

  /** Empty where the server was not started by {@code ./sunchak}. */
  public static Optional<AotCache> ofThisBuild() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).map(AotCache::new);
  }

  /** Whether this JVM runs from a cache. */
  public static boolean isUsed() {
    return arguments().stream().anyMatch(argument -> argument.startsWith(FLAG))
        && isSharing(System.getProperty("java.vm.info", ""));
  }

  /**
   * Whether it has to be trained: it is not there, or this JVM was given it and did not take it.
   */
  public boolean isWanted() {
    if (arguments().stream().anyMatch(this::speaksOfSharing)) {
      return false;
    }
    try {
      return !Files.exists(file)
          || (Files.size(file) > 0 && arguments().contains(FLAG + file) && !isUsed());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody who sets these flags himself has his own mind about it. */
  private boolean speaksOfSharing(String argument) {
    return argument.startsWith("-Xshare")
        || (argument.startsWith("-XX:AOT") && !argument.equals(FLAG + file));
  }

  /** Reads what a JVM says of itself: without a cache that it was given, it shares nothing. */
  static boolean isSharing(String virtualMachine) {
    return virtualMachine.contains("sharing");
  }

  /** The flags of this JVM. */
  static List<String> arguments() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }
}
