package io.sunchak.embedded.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.engine.EngineVersion;
import io.sunchak.embedded.files.OwnerOnly;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No engine opens data it cannot read. */
final class EngineRecordIT {
  @TempDir(factory = BesideBinaries.class)
  Path root;

  @ParameterizedTest
  @CsvSource({
    "redis, redis 99.0.0",
    "redis, valkey 8.0.1",
    "postgres, postgres 19.0",
    "postgres, postgres 17.6"
  })
  void data_of_another_or_newer_engine_is_refused(String role, String wrote) throws IOException {
    try (DataDirectory data = DataDirectory.open(root)) {
      OwnerOnly.write(root.resolve("engines.properties"), role + "=" + wrote);

      assertThatThrownBy(() -> EmbeddedEngines.start(data))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining(root + " was written by " + wrote)
          .hasMessageContaining("but the engine found here is " + role + " ")
          .hasMessageContaining("choose another --data-dir");

      assertThat(data.engines().read(role)).map(EngineVersion::toString).contains(wrote);
      assertThat(Processes.workingIn(root)).isEmpty();
    }
  }

  /** As they do at each start; on two threads, many times, since a lost line needs bad luck. */
  @Test
  void two_engines_that_claim_at_once_are_both_remembered() throws Exception {
    try (DataDirectory data = DataDirectory.open(root);
        ExecutorService engines = Executors.newFixedThreadPool(2)) {
      for (int minor = 0; minor < 100; minor++) {
        EngineVersion redis = EngineVersion.parse("redis 7." + minor);
        EngineVersion postgres = EngineVersion.parse("postgres 18." + minor);
        engines.invokeAll(List.of(claim(data, "redis", redis), claim(data, "postgres", postgres)));
        assertThat(data.engines().read("redis")).contains(redis);
        assertThat(data.engines().read("postgres")).contains(postgres);
      }
    }
  }

  private static Callable<String> claim(DataDirectory data, String role, EngineVersion version) {
    return () -> {
      data.engines().claim(role, version);
      return role;
    };
  }

  @Test
  void it_remembers_who_wrote_and_moves_upwards_only() throws IOException {
    EngineRecord record = new EngineRecord(root.resolve("engines.properties"));
    assertThat(record.read("redis")).isEmpty();
    record.claim("redis", EngineVersion.parse("redis 7.0.15"));
    record.claim("postgres", EngineVersion.parse("postgres 18.6"));
    record.claim("redis", EngineVersion.parse("redis 7.2.4"));
    assertThat(record.read("redis")).contains(EngineVersion.parse("redis 7.2.4"));
    assertThat(record.read("postgres")).contains(EngineVersion.parse("postgres 18.6"));
    assertThatThrownBy(() -> record.claim("redis", EngineVersion.parse("redis 7.0.15")))
        .hasMessageContaining("redis 7.2.4");
  }
}
