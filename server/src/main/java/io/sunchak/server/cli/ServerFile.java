package io.sunchak.server.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code server.json} in the data directory: how commands beside the server find it. */
final class ServerFile {
  private static final String NAME = "server.json";

  private ServerFile() {}

  static void write(Path data, String url, boolean demo) {
    Map<String, Object> facts =
        Map.of("url", url, "pid", ProcessHandle.current().pid(), "demo", demo);
    try {
      Path fresh = data.resolve(NAME + ".new");
      Files.writeString(fresh, JsonMapper.builder().build().writeValueAsString(facts));
      Files.move(fresh, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + data.resolve(NAME), e);
    }
  }

  static void delete(Path data) {
    try {
      Files.deleteIfExists(data.resolve(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
