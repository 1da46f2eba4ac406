package io.sunchak.lab.cli;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Durability;
import io.sunchak.embedded.engine.EngineOptions.Role;
import io.sunchak.lab.node.LabSettings;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engines that were given, and our own in place of those that were not.
 *
 * @param own null where both were given
 */
record LabEngines(DataDirectory data, @Nullable EmbeddedEngines own, LabSettings.Engines settings)
    implements AutoCloseable {

  /** Starts what no URL was given for. */
  static LabEngines of(
      Path directory,
      Durability durability,
      @Nullable String redisUrl,
      @Nullable String postgresUrl) {
    Set<Role> missing = EnumSet.noneOf(Role.class);
    if (redisUrl == null) {
      missing.add(Role.REDIS);
    }
    if (postgresUrl == null) {
      missing.add(Role.POSTGRES);
    }
    DataDirectory data = DataDirectory.open(directory);
    try {
      EmbeddedEngines own =
          missing.isEmpty()
              ? null
              : EmbeddedEngines.start(
                  data, EngineOptions.defaults().with(durability).with(missing));
      return new LabEngines(data, own, settings(own, redisUrl, postgresUrl));
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static LabSettings.Engines settings(
      @Nullable EmbeddedEngines own, @Nullable String redisUrl, @Nullable String postgresUrl) {
    String redis = own != null && redisUrl == null ? own.redisUri() : String.valueOf(redisUrl);
    return own != null && postgresUrl == null
        ? new LabSettings.Engines(redis, own.jdbcUrl(), own.postgresUser(), own.postgresPassword())
        : new LabSettings.Engines(
            redis,
            String.valueOf(postgresUrl),
            environment("SUNCHAK_POSTGRES_USER"),
            environment("SUNCHAK_POSTGRES_PASSWORD"));
  }

  private static String environment(String name) {
    return System.getenv().getOrDefault(name, "");
  }

  /** Which engines, for the first screen. */
  String describe() {
    return own == null ? "external" : own.describe();
  }

  @Override
  public void close() {
    try (data) {
      if (own != null) {
        own.close();
      }
    }
  }
}
