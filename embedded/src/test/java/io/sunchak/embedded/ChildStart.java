package io.sunchak.embedded;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.process.LaunchPrefix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The program of the JVMs that tests kill: starts both engines, says where they are, and stops them
 * in order when its input ends, so that it never outlives the test that started it.
 */
public final class ChildStart {
  private ChildStart() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    boolean diesWithParent = !List.of(arguments).contains("survives-parent");
    LaunchPrefix found = LaunchPrefix.probe();
    LaunchPrefix prefix = new LaunchPrefix(found.privileges(), diesWithParent, found.ownSession());
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedEngines engines = EmbeddedEngines.start(data, EngineOptions.defaults(), prefix)) {
      System.out.println(
          "UP "
              + engines.redis().pid()
              + " "
              + engines.postgres().pid()
              + " "
              + engines.redisUri()
              + " "
              + engines.jdbcUrl()
              + " "
              + engines.postgresPassword());
      System.in.readAllBytes();
    }
  }
}
