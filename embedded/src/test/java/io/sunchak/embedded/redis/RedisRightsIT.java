package io.sunchak.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.embedded.testing.Resp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server's Redis user may do, and what it may not. */
@ExtendWith(EnginesExtension.class)
final class RedisRightsIT {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HSET {c:rights}:meta seq 1                                         | 1
          HGET {c:rights}:meta seq                                           | 1
          HLEN {c:rights}:meta                                               | 1
          XADD {c:rights}:log 1-1 user u                                     | 1-1
          XRANGE {c:rights}:log - +                                          | [[1-1, [user, u]]]
          XTRIM {c:rights}:log MINID 1-2                                     | 1
          UNLINK {c:rights}:meta {c:rights}:log                              | 2
          EVAL return(redis.call('HLEN',KEYS[1])) 1 {c:rights}:n             | 0
          EVAL return(redis.call('TIME')[1]>'0'and'ticks') 0                 | ticks
          EVAL return(1) 0                                                   | 1
          EVALSHA 930269f31393d0be681588b6ab08dccee7d6bb67 0                 | 1
          CONFIG GET appendonly                                              | [appendonly, yes]
          PING                                                               | PONG
          """)
  void the_server_may_do_what_it_needs(String command, String answer, EmbeddedEngines engines) {
    assertThat(asServer(engines, command)).isEqualTo(answer);
  }

  @Test
  void the_server_may_ask_who_redis_is(EmbeddedEngines engines) {
    assertThat(asServer(engines, "INFO persistence")).contains("aof_enabled:1");
    assertThat(asServer(engines, "TIME")).matches("\\[\\d+, \\d+]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FLUSHALL",
        "FLUSHDB",
        "KEYS *",
        "CONFIG SET appendonly no",
        "CONFIG REWRITE",
        "DEBUG SLEEP 0",
        "SHUTDOWN NOSAVE",
        "ACL LIST",
        "ACL SETUSER sunchak +@all",
        "REPLICAOF NO ONE",
        "MIGRATE 127.0.0.1 1 {c:rights}:k 0 1",
        "SWAPDB 0 1",
        "SAVE",
        "BGREWRITEAOF",
        "SCRIPT FLUSH",
        "FUNCTION FLUSH",
        "CLIENT KILL TYPE normal",
        "MONITOR",
        "SORT {c:rights}:k",
        "MODULE LIST",
        "SCRIPT LOAD return(1)",
        "PUBLISH {c:rights}:changed 1",
        "SUBSCRIBE {c:rights}:changed",
        "SET {c:rights}:k 1",
        "DEL {c:rights}:k",
        "EXPIRE {c:rights}:k 1",
        "SCAN 0",
        "RANDOMKEY",
        "ROLE"
      })
  void the_server_may_not(String command, EmbeddedEngines engines) {
    assertThat(asServer(engines, command))
        .matches("(NOPERM|ERR DEBUG command not allowed).*")
        .containsIgnoringCase(command.split(" ", -1)[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HGET other a",
        "HSET other a 1",
        "HSET {d:rights}:k a 1",
        "UNLINK c:rights",
        "EVAL return(redis.call('HSET',KEYS[1],'a','1')) 1 other",
        "EVAL return(redis.call('HSET','other','a','1')) 0"
      })
  void the_server_may_not_touch_keys_outside_its_own(String command, EmbeddedEngines engines) {
    assertThat(asServer(engines, command)).matches("NOPERM.*|ERR .*can't access.*");
    assertThat(Resp.ask(engines.redisUri(), "EXISTS", "other", "{d:rights}:k", "c:rights"))
        .isEqualTo("0");
  }

  private static String asServer(EmbeddedEngines engines, String command) {
    return Resp.ask(engines.redisServerUri(), command.split(" ", -1));
  }
}
