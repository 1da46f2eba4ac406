package io.sunchak.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sunchak.embedded.engine.EngineOptions.Durability;
import io.sunchak.lab.drain.DrainKind;
import io.sunchak.lab.strategy.Stack;
import io.sunchak.lab.strategy.Strategy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChoiceTest {
  @Test
  void without_options_a_strategy_is_as_it_was_described() {
    assertThat(Choice.of("V1", null, null, null, "fsync"))
        .isEqualTo(choice(Strategy.V1, Stack.SERVLET, Duration.ofSeconds(1)));
    assertThat(Choice.of("v5", null, null, null, "fsync"))
        .isEqualTo(choice(Strategy.V5, Stack.REACTIVE, Duration.ofSeconds(10)));
  }

  private static Choice choice(Strategy strategy, Stack stack, Duration interval) {
    return new Choice(strategy, stack, DrainKind.POP_FIRST, interval, Durability.FSYNC);
  }

  @Test
  void every_option_is_taken() {
    assertThat(Choice.of("V5", "reactive", "3", "250ms", "none"))
        .isEqualTo(
            new Choice(
                Strategy.V5,
                Stack.REACTIVE,
                DrainKind.MARK_AND_REBUILD,
                Duration.ofMillis(250),
                Durability.OFF));
  }

  @ParameterizedTest
  @CsvSource({
    "V9,,, there is no strategy 'V9'",
    "'',,, there is no strategy ''",
    "V1, reactive,, V1 does not run on stack 'reactive'",
    "V2, reactive,, V2 does not run on stack 'reactive'",
    "V5, servlet,, V5 does not run on stack 'servlet'",
    "V3, tomcat,, V3 does not run on stack 'tomcat'",
    "V5,, 5, there is no drain '5'",
    "V4,, 2, V4 has one drain"
  })
  void what_there_is_not_is_refused_with_the_list_of_what_there_is(
      String strategy, @Nullable String stack, @Nullable String drain, String cause) {
    assertThatThrownBy(() -> Choice.of(strategy, stack, drain, null, "fsync"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(cause)
        .hasMessageContaining("V2  plain commands without a lock")
        .hasMessageContaining("on servlet, servlet-virtual, reactive")
        .hasMessageContaining("V5 --drain 4  pop first");
  }

  @ParameterizedTest
  @CsvSource({"0s", "-1s", "soon"})
  void an_interval_of_no_length_is_refused(String interval) {
    assertThatThrownBy(() -> Choice.of("V1", null, null, interval, "fsync"))
        .hasMessageContaining("--interval");
  }

  @Test
  void an_unknown_durability_is_refused() {
    assertThatThrownBy(() -> Choice.of("V1", null, null, null, "maybe"))
        .hasMessageContaining("fsync or none");
  }
}
