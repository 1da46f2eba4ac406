package io.sunchak.embedded.directory;

import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.engine.EngineVersion;
import io.sunchak.embedded.files.OwnerOnly;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Remembers which engine and version wrote the data. Thread-safe: both engines start at once. */
public final class EngineRecord {
  private final Path file;

  EngineRecord(Path file) {
    this.file = file;
  }

  /**
   * The engine that wrote the data of this role ({@code redis} or {@code postgres}), if there is
   * data.
   */
  public synchronized Optional<EngineVersion> read(String role) throws IOException {
    return Optional.ofNullable(load().getProperty(role)).map(EngineVersion::parse);
  }

  /**
   * Records that this engine is about to write the data.
   *
   * @throws EngineException when the engine cannot read what an earlier one wrote
   */
  public synchronized void claim(String role, EngineVersion engine) throws IOException {
    Optional<EngineVersion> wrote = read(role);
    if (wrote.isPresent() && !engine.reads(wrote.get())) {
      throw new EngineException(
          file.getParent()
              + " was written by "
              + wrote.get()
              + ", but the engine found here is "
              + engine
              + ": install the former, or choose another --data-dir");
    }
    Properties all = load();
    if (engine.toString().equals(all.setProperty(role, engine.toString()))) {
      return;
    }
    StringWriter text = new StringWriter();
    all.store(text, null);
    OwnerOnly.keep(file, text.toString());
  }

  private Properties load() throws IOException {
    Properties all = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        all.load(reader);
      }
    }
    return all;
  }
}
