package io.sunchak.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be a name. */
class VisibleTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fried chicken, half price",
        "\ucee4\ud53c \ucfe0\ud3f0 1+1",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0d28\u0d4d\u200d\u0d2e",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\u2764\ufe0f for you",
        "\ud83d\udc4d\ud83c\udffd",
        "\ud83c\uddf0\ud83c\uddf7",
        "1\ufe0f\u20e3",
        "caf\u00e9",
        "cafe\u0301",
        "\u0627\u0644\u0639\u0631\u0628\u064a\u0629"
      })
  void what_people_write_may(String name) {
    assertThat(VisibleText.is(name, 200)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u00a0\u2003",
        "a\u202eb",
        "a\u202ab",
        "a\u2066b\u2069",
        "a\u200eb",
        "a\u200fb",
        "a\u061cb",
        "a\u200bb",
        "a\u200cb",
        "a\u200db",
        "\ucee4\u200d\ud53c",
        "a\u2060b",
        "a\ufeffb",
        "a\u00adb",
        "a\ufe0fb",
        "a\u034fb",
        "a\u3164",
        "\u1160",
        "\uffa0",
        "\u2800",
        "a\u2028b",
        "a\u2029b",
        "a\u0085b",
        "a\tb",
        "a\nb",
        "a\u0000",
        "a\ue000",
        "a\ud83d",
        "a\udb40\udc41",
        "a\udb40\udd00"
      })
  void what_is_not_seen_or_turns_the_rest_may_not(String name) {
    assertThat(VisibleText.is(name, 200)).isFalse();
  }
}
