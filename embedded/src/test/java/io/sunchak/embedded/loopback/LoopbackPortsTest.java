package io.sunchak.embedded.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoopbackPortsTest {
  @ParameterizedTest
  @CsvSource({
    "'32768\t60999\n', 32768",
    "'20000\t60999\n', 20000",
    "'1024\t65535\n',  32768",
    "'',               32768",
    "'no numbers',     32768"
  })
  void outgoing_connections_start_where_the_kernel_says_if_that_leaves_room_below(
      String range, int from) {
    assertThat(LoopbackPorts.outgoingFrom(range)).isEqualTo(from);
  }
}
