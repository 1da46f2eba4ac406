package io.sunchak.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A token for trying out has any claim but those that the other options set. */
class TokenClaimOptionTest {
  @ParameterizedTest
  @ValueSource(strings = {"sub=x", "roles=admin", "exp=1", "sunchak_guest=", "=x", "tier"})
  void what_is_no_claim_or_an_options_own_is_refused(String claim) {
    StringWriter said = new StringWriter();
    CommandLine line = ServerMain.line().setErr(new PrintWriter(said));

    assertThat(line.execute("token", "--user", "a", "--claim", claim)).isEqualTo(2);
    assertThat(said.toString()).contains("--claim takes name=value");
  }
}
