package io.sunchak.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignIdTest {
  private static final String LONGEST = "c".repeat(64);

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "summer-2026", "9-", "a--b"})
  void lower_case_letters_digits_and_inner_hyphens_are_an_id(String id) {
    assertThat(CampaignId.isValid(id)).isTrue();
    assertThat(new CampaignId(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-a", "A", "a_b", "a b", "a.b", "a/b", "{a}", "쿠폰", "é", "a\n", "\na", "a\0", "٣"
      })
  void anything_else_is_refused(String id) {
    assertThat(CampaignId.isValid(id)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new CampaignId(id));
  }

  @Test
  void at_most_64_characters_fit() {
    assertThat(CampaignId.isValid(LONGEST)).isTrue();
    assertThat(CampaignId.isValid(LONGEST + "c")).isFalse();
  }

  @Test
  void ids_are_ordered_as_their_bytes_are() {
    assertThat(new CampaignId("a-1")).isLessThan(new CampaignId("a0")).isLessThan(id("b"));
  }

  private static CampaignId id(String value) {
    return new CampaignId(value);
  }
}
