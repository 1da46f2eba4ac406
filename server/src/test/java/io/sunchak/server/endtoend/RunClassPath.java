package io.sunchak.server.endtoend;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this build's programs run from: this JVM's class path without tests, so that it is current
 * in a reactor build as well as in an IDE. The libraries that only tests use stay in; nothing looks
 * for them.
 */
public final class RunClassPath {
  private RunClassPath() {}

  static List<Path> entries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(
            entry -> !entry.endsWith("test-classes") && !entry.toString().endsWith("-tests.jar"))
        .filter(Files::exists)
        .map(Path::toAbsolutePath)
        .toList();
  }

  /** As the {@code -cp} of a command. */
  public static String text() {
    return entries().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
