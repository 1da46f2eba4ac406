package io.sunchak.server.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

/** Roles on the command line are written as in a token. */
class TokenRoleTest {
  @ParameterizedTest
  @ValueSource(strings = {"redeemer", "viewer", "operator", "admin"})
  void a_role_is_taken_as_the_help_writes_it(String role) {
    assertThatCode(() -> ServerMain.line().parseArgs("token", "--user", "a", "--role", role))
        .doesNotThrowAnyException();
  }

  @Test
  void another_word_is_refused() {
    assertThatThrownBy(() -> ServerMain.line().parseArgs("token", "--role", "boss"))
        .isInstanceOf(ParameterException.class);
  }
}
