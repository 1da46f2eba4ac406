package io.sunchak.embedded.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineVersionTest {
  @ParameterizedTest
  @CsvSource({
    "redis 7.0.15,  redis 7.0.15,  true",
    "redis 7.2.4,   redis 7.0.15,  true",
    "redis 7.0.1,   redis 7.0.15,  true",
    "redis 7.0.15,  redis 7.2.4,   false",
    "redis 8.0.0,   redis 7.2.4,   false",
    "valkey 7.2.5,  redis 7.0.15,  false",
    "postgres 18.6, postgres 18.1, true",
    "postgres 18.1, postgres 18.6, true",
    "postgres 18.6, postgres 17.9, false",
    "postgres 17.9, postgres 18.6, false"
  })
  void an_engine_reads_what_its_kind_wrote(String engine, String writer, boolean reads) {
    assertThat(EngineVersion.parse(engine).reads(EngineVersion.parse(writer))).isEqualTo(reads);
  }

  @ParameterizedTest
  @CsvSource({"7.0.15, true", "6.2.0, true", "6.0.16, false", "5.3.9, false"})
  void a_redis_must_be_at_least_6_2(String version, boolean enough) {
    assertThat(EngineVersion.parse("redis " + version).atLeast(6, 2)).isEqualTo(enough);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "redis", "redis 7", "7.0.15", "Redis 7.0", "redis 7.0 x"})
  void what_is_no_version_is_refused(String text) {
    assertThatThrownBy(() -> EngineVersion.parse(text)).isInstanceOf(EngineException.class);
  }
}
