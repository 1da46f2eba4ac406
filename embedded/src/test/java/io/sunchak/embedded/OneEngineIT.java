package io.sunchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Role;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.Resp;
import io.sunchak.embedded.testing.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A caller who brings one engine along gets only the other. */
final class OneEngineIT {
  @TempDir(factory = BesideBinaries.class)
  Path root;

  @Test
  void redis_alone() {
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines = start(data, Set.of(Role.REDIS))) {
      assertThat(Resp.ask(engines.redisServerUri(), "PING")).isEqualTo("PONG");
      assertThat(engines.describe()).startsWith("redis ").doesNotContain("postgres");
      assertThat(engines.runs(Role.REDIS)).isTrue();
      assertThat(engines.runs(Role.POSTGRES)).isFalse();
      assertThat(root.resolve("postgres")).doesNotExist();
      assertThatIllegalStateException()
          .isThrownBy(engines::jdbcUrl)
          .withMessage("no postgres runs here: it was left out of the options");
      assertThatIllegalStateException().isThrownBy(engines::postgres);
    }
  }

  @Test
  void postgres_alone() throws SQLException {
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines = start(data, Set.of(Role.POSTGRES))) {
      assertThat(Sql.ask(engines, "SELECT 1")).isEqualTo("1");
      assertThat(engines.describe()).startsWith("postgres ").doesNotContain("redis");
      assertThat(data.run().resolve("redis.log")).doesNotExist();
      assertThatIllegalStateException()
          .isThrownBy(engines::redisServerUri)
          .withMessage("no redis runs here: it was left out of the options");
      assertThatIllegalStateException().isThrownBy(engines::redis);
    }
  }

  @Test
  void none() {
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines = start(data, Set.of())) {
      assertThat(engines.describe()).isEmpty();
      assertThatIllegalStateException().isThrownBy(engines::redisUri);
    }
  }

  private static EmbeddedEngines start(DataDirectory data, Set<Role> roles) {
    return EmbeddedEngines.start(data, EngineOptions.defaults().with(roles));
  }
}
