package io.sunchak.embedded.engine;

import java.nio.file.Path;

/**
 * A program that can be run here as an engine.
 *
 * @param path what it is started by
 * @param source {@code bundled}, or its path where it was found on the machine
 */
public record EngineProgram(Path path, EngineVersion version, String source) {
  /** That of the bundle. */
  public static EngineProgram bundled(Path path, EngineVersion version) {
    return new EngineProgram(path, version, "bundled");
  }
}
