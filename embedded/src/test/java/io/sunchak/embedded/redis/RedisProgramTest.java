package io.sunchak.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.engine.EngineVersion;
import org.junit.jupiter.api.Test;

final class RedisProgramTest {
  @Test
  void its_version_is_read_from_what_the_program_says() {
    assertThat(RedisProgram.parse("Redis server v=7.0.15 sha=00000000:0 malloc=libc bits=64"))
        .contains(EngineVersion.parse("redis 7.0.15"));
    assertThat(RedisProgram.parse("Valkey server v=8.0.1 sha=00000000:0"))
        .contains(EngineVersion.parse("valkey 8.0.1"));
    assertThat(RedisProgram.parse("KeyDB server v=6.3.4")).isEmpty();
  }
}
