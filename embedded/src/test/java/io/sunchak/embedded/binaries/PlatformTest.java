package io.sunchak.embedded.binaries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Linux,    amd64,   linux,  amd64, true",
    "Linux,    x86_64,  linux,  amd64, true",
    "Linux,    aarch64, linux,  arm64, false",
    "Mac OS X, aarch64, darwin, arm64, false",
    "Mac OS X, x86_64,  darwin, amd64, false"
  })
  void it_is_named_as_the_bundled_programs_are(
      String name, String arch, String os, String cpu, boolean postgres) {
    Platform platform = Platform.of(name, arch);
    assertThat(platform).isEqualTo(new Platform(os, cpu));
    assertThat(platform.hasBundledPostgres()).isEqualTo(postgres);
  }
}
