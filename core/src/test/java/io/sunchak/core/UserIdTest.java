package io.sunchak.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"!", "~", "auth0|5f7", "https://id.example/u?n=1", "a@b.example", "\"\\'"})
  void printable_ascii_is_an_id(String id) {
    assertThat(UserId.isValid(id)).isTrue();
    assertThat(new UserId(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\0", "a\n", "\t", "\u007f", "\u0080", "사용자", "é", "😀"})
  void anything_else_is_refused(String id) {
    assertThat(UserId.isValid(id)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new UserId(id));
  }

  @Test
  void at_most_128_characters_fit() {
    assertThat(UserId.isValid("u".repeat(128))).isTrue();
    assertThat(UserId.isValid("u".repeat(129))).isFalse();
  }

  @Test
  void ids_that_differ_in_case_are_two_users() {
    assertThat(new UserId("Kim")).isNotEqualTo(new UserId("kim"));
  }

  @Test
  void the_holder_of_a_void_number_can_be_no_user() {
    assertThat(UserId.isValid(Holding.ofVoid(7).user())).isFalse();
  }
}
