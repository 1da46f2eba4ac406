package io.sunchak.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others wrote, in a chat. */
class ChatTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ann                       | `ann`
          \uc720\uc800                      | `\uc720\uc800`
          <!channel>                | `&lt;!channel&gt;`
          <https://evil.example%7Cx>  | `&lt;https://evil.example%7Cx&gt;`
          @everyone *b* _i_ ~~s~~   | `@everyone *b* _i_ ~~s~~`
          a`b``c                    | `a'b''c`
          &lt;                      | `&amp;lt;`
          """)
  void is_shown_and_never_acted_on(String foreign, String shown) {
    assertThat(ChatText.quote(foreign)).isEqualTo(shown);
  }

  @Test
  void what_cannot_be_seen_is_shown_by_its_number() {
    assertThat(ChatText.quote("a\u202eb\u200bc\nd\u0000e\ud83d\udb40\udc41"))
        .isEqualTo("`a\\u202eb\\u200bc\\u000ad\\u0000e\\ud83d\\udb40\\udc41`");
  }
}
