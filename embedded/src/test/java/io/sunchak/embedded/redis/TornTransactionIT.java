package io.sunchak.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Role;
import io.sunchak.embedded.testing.BesideBinaries;
import io.sunchak.embedded.testing.Resp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power failure within the write of a script, and two starts after it. */
final class TornTransactionIT {
  private static final String SCRIPT =
      "redis.call('SET', 'a', ARGV[1]) redis.call('SET', 'b', ARGV[1])";
  private static final String WRITE =
      "*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$4\r\ntorn\r\n*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$4\r\ntorn\r\n*1\r\n$4\r\nEXEC\r\n";
  private static final String APPENDED = "redis.call('APPEND', 'c', '.') redis.call('INCR', 'd')";

  @TempDir(factory = BesideBinaries.class)
  Path root;

  /** A cut within each command, and between each two. */
  @Test
  void nothing_of_it_is_there_after_the_second_start_either() throws IOException {
    ask("EVAL", SCRIPT, "0", "whole");
    int torn = 0;
    for (int cut = 1; cut < WRITE.length(); cut += 7) {
      Files.writeString(log(), WRITE.substring(0, cut), StandardOpenOption.APPEND);
      ask("EVAL", APPENDED, "0");
      torn++;
      assertThat(ask("MGET", "a", "b", "d"))
          .as("cut at %s", cut)
          .isEqualTo("[whole, whole, " + torn + "]");
    }
  }

  @Test
  void what_is_whole_stays() throws IOException {
    ask("EVAL", SCRIPT, "0", "whole");
    String before = Files.readString(log());
    assertThat(before).endsWith("EXEC\r\n");
    assertThat(ask("GET", "b")).isEqualTo("whole");
    assertThat(Files.readString(log())).isEqualTo(before);
  }

  /** Each question to a Redis of its own, so each is a start. */
  private String ask(String... command) {
    try (DataDirectory data = DataDirectory.open(root);
        EmbeddedEngines engines =
            EmbeddedEngines.start(data, EngineOptions.defaults().with(Set.of(Role.REDIS)))) {
      return Resp.ask(engines.redisUri(), command);
    }
  }

  private Path log() {
    return root.resolve("redis/appendonlydir/appendonly.aof.1.incr.aof");
  }
}
