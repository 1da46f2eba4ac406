package io.sunchak.server.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StaticFileTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"gzip", "GZIP", "br, gzip", "br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip ; q=0.001"})
  void who_takes_gzip_gets_it(String accepted) {
    assertThat(StaticFile.takesGzip(List.of(accepted))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "br", "identity", "gzip;q=0", "gzip; q=0.000", "x-gzip2", "*", "gzipped"})
  void who_does_not_say_so_gets_it_plain(String accepted) {
    assertThat(StaticFile.takesGzip(List.of(accepted))).isFalse();
  }

  @Test
  void the_header_may_come_twice_or_not_at_all() {
    assertThat(StaticFile.takesGzip(List.of("br", "gzip"))).isTrue();
    assertThat(StaticFile.takesGzip(List.of())).isFalse();
  }
}
