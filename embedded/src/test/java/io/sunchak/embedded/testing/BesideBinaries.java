package io.sunchak.embedded.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Data directories below {@code target/}, where all tests share the unpacked programs. */
public final class BesideBinaries implements TempDirFactory {
  public static final Path PARENT = Path.of("target").toAbsolutePath();

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    return Files.createTempDirectory(Files.createDirectories(PARENT), "data-");
  }
}
