package io.sunchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.directory.Secrets;
import io.sunchak.embedded.engine.Engine;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.postgres.EmbeddedPostgres;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.process.LaunchThread;
import io.sunchak.embedded.redis.EmbeddedRedis;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.EnginesExtension;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each engine says about itself, before anybody starts it. */
@ExtendWith(EnginesExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EngineIT {
  @AutoClose private final DataDirectory data = DataDirectory.ephemeral(BesideBinaries.PARENT);
  @AutoClose private final LaunchThread thread = new LaunchThread();
  private Engine redis;
  private Engine postgres;

  @BeforeAll
  void prepare() throws IOException {
    LaunchPrefix prefix = LaunchPrefix.probe();
    redis = EmbeddedRedis.prepare(data, prefix, EngineOptions.defaults());
    postgres = EmbeddedPostgres.prepare(data, prefix, thread, EngineOptions.defaults());
  }

  @Test
  void a_strangers_engine_that_answers_on_the_port_is_not_ours(EmbeddedEngines strangers) {
    assertThat(redis.ready(strangers.redis().port())).isFalse();
    assertThat(postgres.ready(strangers.postgres().port())).isFalse();
  }

  @Test
  void the_settings_are_written_in_digits_that_redis_reads_whatever_the_locale()
      throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      redis.command(15_000);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(data.run().resolve("redis.conf")).content().contains("port 15000\n");
  }

  /** Every user of the machine can read a command line. */
  @Test
  void no_secret_stands_on_a_command_line_or_in_the_environment() throws IOException {
    Secrets secrets = data.secrets();
    for (Engine engine : List.of(redis, postgres)) {
      ProcessBuilder command = engine.command(15_000);
      assertThat(command.command() + " " + command.environment())
          .contains("PATH=")
          .doesNotContain(
              secrets.redisPassword(), secrets.redisServerPassword(), secrets.postgresPassword());
    }
  }
}
