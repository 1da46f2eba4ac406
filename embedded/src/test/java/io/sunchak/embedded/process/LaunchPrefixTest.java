package io.sunchak.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.process.LaunchPrefix.Privileges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LaunchPrefixTest {
  /** A change of credentials clears the death signal, so it must come before. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DIRECT         | setpriv --pdeathsig KILL setsid
          USER_NAMESPACE | unshare -U setpriv --pdeathsig KILL setsid
          NOBODY         | setpriv --reuid=65534 --regid=65534 --clear-groups setpriv --pdeathsig KILL setsid
          """)
  void postgres_leaves_root_first_and_then_ties_its_life_to_ours(
      Privileges privileges, String command) {
    LaunchPrefix prefix = new LaunchPrefix(privileges, true, true);
    assertThat(prefix.forPostgres()).containsExactly(command.split(" ", -1));
  }

  @Test
  void postgres_is_not_run_as_root() {
    LaunchPrefix prefix = new LaunchPrefix(Privileges.IMPOSSIBLE, true, true);
    assertThatThrownBy(prefix::forPostgres)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("refuses to run as root")
        .hasMessageContaining("start as an ordinary user");
  }

  @ParameterizedTest
  @EnumSource
  void redis_runs_as_we_do(Privileges privileges) {
    assertThat(new LaunchPrefix(privileges, true, true).forRedis())
        .containsExactly("setpriv", "--pdeathsig", "KILL", "setsid");
  }

  @Test
  void what_a_machine_cannot_do_is_left_out() {
    assertThat(new LaunchPrefix(Privileges.DIRECT, false, true).forRedis())
        .containsExactly("setsid");
    assertThat(new LaunchPrefix(Privileges.DIRECT, true, false).forRedis())
        .containsExactly("setpriv", "--pdeathsig", "KILL");
    assertThat(new LaunchPrefix(Privileges.DIRECT, false, false).forPostgres()).isEmpty();
  }
}
