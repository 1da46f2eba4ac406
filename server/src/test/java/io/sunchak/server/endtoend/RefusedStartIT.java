package io.sunchak.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engines that can never serve end the start: one line, with the next step, and no password. */
@ExtendWith(EnginesExtension.class)
@Timeout(300)
class RefusedStartIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SUNCHAK_POSTGRES_PASSWORD | s3cret                                | password authentication failed | SUNCHAK_POSTGRES_PASSWORD
          SUNCHAK_POSTGRES_URL      | jdbc:postgresql://u:s3cret@h/db       | sunchak.postgres.url must be   | sunchak.postgres.password
          SUNCHAK_REDIS_URL         | redis://sunchak:s3cret@127.0.0.1:PORT | Redis refuses the user or the  | redis://user:password@host:port
          SUNCHAK_REDIS_URL         | redis://u:s3#cret@127.0.0.1:PORT      | sunchak.redis.url must be      | # as %23
          SUNCHAK_REDIS_URL         | redis-cluster://u:s3cret@h:1          | not supported                  | one primary
          SUNCHAK_REDIS_URL         | redis-sentinel://s3cret@h:1#main      | sunchak.redis.acks             | sunchak.redis.failover-loss
          """)
  void is_one_line_without_a_trace(
      String key, String value, String cause, String next, EmbeddedEngines engines)
      throws Exception {
    Map<String, String> environment = new HashMap<>(FirstScreenIT.given(engines));
    environment.put(key, value.replace("PORT", Integer.toString(engines.redis().port())));
    Path folder = Files.createDirectories(Path.of("target/refused-start"));
    Path data = Files.createTempDirectory(folder, "start-").resolve("data").toAbsolutePath();

    try (RunningStart start = RunningStart.with(data, List.of(), environment)) {
      assertThat(start.process().exitCode(LIMIT)).isEqualTo(1);
      assertThat(start.process().output()).isEmpty();
      assertThat(start.process().errors().lines()).hasSize(1);
      assertThat(start.process().errors())
          .startsWith("sunchak: ")
          .contains(cause, next)
          .doesNotContain("s3", "Exception");
    }
  }
}
