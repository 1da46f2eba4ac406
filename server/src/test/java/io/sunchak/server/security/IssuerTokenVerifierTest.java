package io.sunchak.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.sunchak.core.UserId;
import io.sunchak.server.security.TokenResult.Accepted;
import io.sunchak.server.security.TokenResult.Later;
import io.sunchak.server.security.TokenResult.Refused;
import io.sunchak.server.testing.Jwt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A provider's tokens; the provider has published one key, and may publish more. */
class IssuerTokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-12-24T03:00:00Z");
  private static final String ISSUER = "https://id.example";
  private static final RSAKey KEY = key("known");
  private static final RSAKey NEXT = key("next");
  private static final Caller ANN = new Caller(new UserId("ann"));

  private final Source keys = new Source();
  private final TokenVerifier verifier =
      new IssuerTokenVerifier(ISSUER, "shop", keys, InstantSource.fixed(NOW));

  private static final class Source implements KeySource {
    private final CompletableFuture<JWKSet> newest = new CompletableFuture<>();
    private int asked;

    private JWKSet known = new JWKSet(KEY.toPublicJWK());

    @Override
    public JWKSet known() {
      return known;
    }

    @Override
    public CompletionStage<JWKSet> newest() {
      asked++;
      return newest;
    }
  }

  private static Caller caller(TokenResult result) {
    Caller caller = ((Accepted) result).caller();
    return new Caller(caller.user(), caller.roles().toArray(Role[]::new));
  }

  @Test
  void a_token_of_a_known_key_is_accepted_at_once() {
    assertThat(caller(verifier.verifyToken(signed(KEY, claims -> claims)))).isEqualTo(ANN);
    assertThat(keys.asked).isZero();
  }

  @Test
  void a_token_of_a_key_that_is_no_longer_published_is_not_accepted_again() {
    String token = signed(KEY, claims -> claims);
    assertThat(caller(verifier.verifyToken(token))).isEqualTo(ANN);
    assertThat(caller(verifier.verifyToken(token))).isEqualTo(ANN);
    keys.known = new JWKSet(NEXT.toPublicJWK());
    assertThat(verifier.verifyToken(token)).isInstanceOf(Later.class);
  }

  @Test
  void a_token_of_a_key_that_is_published_since_is_accepted_when_the_keys_have_come() {
    TokenResult result = verifier.verifyToken(signed(NEXT, claims -> claims));

    assertThat(result).isInstanceOf(Later.class);
    keys.newest.complete(new JWKSet(List.of(KEY.toPublicJWK(), NEXT.toPublicJWK())));
    assertThat(((Later) result).result().toCompletableFuture())
        .isCompletedWithValueMatching(late -> caller(late).equals(ANN));
  }

  @Test
  void a_token_of_a_key_that_is_never_published_is_refused_when_the_keys_have_come() {
    TokenResult result = verifier.verifyToken(signed(NEXT, claims -> claims));

    keys.newest.complete(keys.known());
    assertThat(((Later) result).result().toCompletableFuture().join()).isInstanceOf(Refused.class);
  }

  @Test
  void nobody_can_tell_while_no_key_has_ever_come() {
    keys.known = new JWKSet();
    TokenResult result = verifier.verifyToken(signed(KEY, claims -> claims));

    keys.newest.complete(keys.known());
    assertThat(((Later) result).result().toCompletableFuture())
        .isCompletedWithValue(new TokenResult.Undecided());
  }

  /** Its provider may name no keys, and have changed its only one. */
  @Test
  void a_token_that_names_no_key_may_be_of_a_new_one() {
    RSAKey nameless = new RSAKey.Builder(NEXT).keyID(null).build();

    assertThat(verifier.verifyToken(signed(nameless, claims -> claims))).isInstanceOf(Later.class);
  }

  @Test
  void what_does_not_hold_anyhow_asks_for_no_keys() throws JOSEException {
    List<String> bad =
        List.of(
            signed(NEXT, claims -> claims.expirationTime(Date.from(NOW.minusSeconds(60)))),
            signed(NEXT, claims -> claims.issuer("https://evil.example")),
            signed(NEXT, claims -> claims.audience("another")),
            signed(NEXT, claims -> claims.subject(null)),
            signed(new RSAKey.Builder(NEXT).keyID("known").build(), claims -> claims),
            Jwt.unsigned("{\"alg\":\"none\"}", "{}"),
            Jwt.sign("{\"alg\":\"HS256\"}", "{}", KEY.toPublicJWK().toString()),
            Jwt.sign(
                "{\"alg\":\"HS256\",\"kid\":\"known\"}", "{}", KEY.toRSAPublicKey().toString()),
            Jwt.sign("{\"alg\":\"RS256\",\"crit\":[\"x\"],\"x\":1}", "{}", "k"),
            "a.b",
            "");

    assertThat(bad)
        .allSatisfy(token -> {
          TokenResult result = verifier.verifyToken(token);
          assertThat(result).isInstanceOf(Refused.class);
          // In the characters of RFC 6750, 3.
          assertThat(((Refused) result).why()).matches("[ !#-\\[\\]-~]+");
        });
    assertThat(keys.asked).isZero();
  }

  @Test
  void a_known_keys_claims_are_judged_as_everywhere() {
    assertThat(
            caller(
                verifier.verifyToken(
                    signed(KEY, claims -> claims.claim("roles", "admin").claim("x", List.of(1))))))
        .isEqualTo(new Caller(new UserId("ann"), Role.ADMIN));
    assertThat(verifier.verifyToken(signed(KEY, claims -> claims.audience("another"))))
        .isInstanceOf(Refused.class);
    assertThat(
            verifier.verifyToken(
                signed(KEY, claims -> claims.expirationTime(Date.from(NOW.minusSeconds(60))))))
        .isInstanceOf(Refused.class);
  }

  private static String signed(RSAKey key, UnaryOperator<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience("shop")
            .subject("ann")
            .expirationTime(Date.from(NOW.plusSeconds(60)));
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
              change.apply(claims).build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey key(String kid) {
    try {
      return new RSAKeyGenerator(2_048).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
