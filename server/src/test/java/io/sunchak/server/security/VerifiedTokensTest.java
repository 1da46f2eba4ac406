package io.sunchak.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
  private final Object keys = new Object();
  private final VerifiedTokens tokens = new VerifiedTokens();

  @Test
  void a_token_of_the_same_place_is_another_one_and_replaces_it() {
    String other = "BB.same.hash";
    assertThat(other).hasSameHashCodeAs("Aa.same.hash");
    Claims ann = claims("ann");
    tokens.keep("Aa.same.hash", keys, ann);
    assertThat(tokens.find("Aa.same.hash", keys)).isSameAs(ann);
    assertThat(tokens.find(other, keys)).isNull();

    tokens.keep(other, keys, claims("bob"));
    assertThat(tokens.find("Aa.same.hash", keys)).isNull();
  }

  @Test
  void what_other_keys_have_signed_is_not_known() {
    tokens.keep("token", keys, claims("ann"));
    assertThat(tokens.find("token", new Object())).isNull();
  }

  @Test
  void a_long_one_is_not_kept() {
    String longest = "x".repeat(1_024);
    tokens.keep(longest, keys, claims("ann"));
    tokens.keep(longest + "x", keys, claims("ann"));
    assertThat(tokens.find(longest, keys)).isNotNull();
    assertThat(tokens.find(longest + "x", keys)).isNull();
  }

  private static Claims claims(String subject) {
    return new Claims(
        subject, null, Set.of(), Set.of(), false, null, null, new TokenClaims(new byte[0]), null);
  }
}
