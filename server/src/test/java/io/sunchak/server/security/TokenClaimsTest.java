package io.sunchak.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.Eligibility;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which claim meets {@code tier in [gold, 42, true, 금]}. */
class TokenClaimsTest {
  private static final Eligibility TIER =
      new Eligibility("tier", List.of("gold", "42", "true", "금"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'tier':'gold'}",
        "{'tier':'\\u0067old'}",
        "{'tier':'금'}",
        "{'tier':42}",
        "{'tier':'42'}",
        "{'tier':true}",
        "{'tier':['silver','gold']}",
        "{'tier':[{'a':['gold']},[1],'gold',null]}",
        "{'tier':[7,42]}",
        "{'other':{'tier':'silver'},'tier':'gold','more':[{'tier':1}]}"
      })
  void meets_it(String claims) {
    assertThat(meets(claims)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'tier':'Gold'}",
        "{'tier':'gold '}",
        "{'tier':''}",
        "{'tier':42.0}",
        "{'tier':4.2e1}",
        "{'tier':false}",
        "{'tier':null}",
        "{'tier':[]}",
        "{'tier':[['gold']]}",
        "{'tier':[{'tier':'gold'}]}",
        "{'tier':{'tier':'gold'}}",
        "{'tier':{'gold':'gold'}}",
        "{'other':{'tier':'gold'}}",
        "{'other':['tier','gold']}",
        "{'Tier':'gold'}",
        "{'tier':'gold','tier':'gold'}",
        "{'tier':'silver','tier':'gold'}",
        "{'tier':'gold','tier':'silver'}"
      })
  void does_not(String claims) {
    assertThat(meets(claims)).isFalse();
  }

  private static boolean meets(String claims) {
    byte[] payload = claims.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new TokenClaims(payload).test(TIER);
  }
}
