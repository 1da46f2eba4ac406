package io.sunchak.server.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code server.json} in the data directory: by which other commands find the running server. */
final class ServerFile {
  private static final String NAME = "server.json";

  private ServerFile() {}

  /**
   * What other commands need.
   *
   * @param demo whether the demo was seeded
   * @param ownKey whether tokens signed by the data directory's key are accepted
   */
  record Facts(String url, boolean demo, boolean ownKey) {}

  static void write(Path data, Facts facts) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("url", facts.url());
    all.put("pid", ProcessHandle.current().pid());
    all.put("demo", facts.demo());
    all.put("ownKey", facts.ownKey());
    try {
      Path fresh = data.resolve(NAME + ".new");
      Files.writeString(fresh, JsonMapper.shared().writeValueAsString(all));
      Files.move(fresh, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + data.resolve(NAME), e);
    }
  }

  /** Whether a server runs on this data directory and does not accept tokens of its key. */
  static boolean hasOtherKey(Path data) {
    try {
      JsonNode facts = JsonMapper.shared().readTree(Files.readString(data.resolve(NAME)));
      return !facts.path("ownKey").asBoolean(true);
    } catch (IOException | JacksonException nobodyRuns) {
      return false;
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
